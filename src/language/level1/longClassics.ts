/**
 * The long part of the hand-written suite: eight lines and more, with constants chosen so that what they do is of the
 * held-out class. No warm-up shows programs of that length; nothing that acts like one of them is ever trained on.
 * Level 1: integers. How it is written: handwritten.ts.
 */
export const LONG_CLASSICS = `
coins-of-9-and-2: 7; -1; 18; 2; 11; 17; -4; 5; -13; 6
    x = abs(x)
    y = x // 9
    x = x % 9
    z = x // 2
    x = x % 2
    y = y + z
    z = x + y
    if z > 7:
        z = 7
    return y, x, z
coins-of-9-and-8: 12; 11; 5; 21; 13; -3; -9; 10; 2; 0
    x = abs(x)
    y = x // 9
    x = x % 9
    z = x // 8
    x = x % 8
    y = y + z
    z = x + y
    if z > 5:
        z = 5
    return y, x, z
digits-turned-base-6: 14; -1; -5; 2; 9; 11; 10; -6; -12; 18
    x = abs(x) + 7
    y = x % 6
    z = y
    x = x // 6
    y = 6 * y + x % 6
    z = z + x % 6
    x = x // 6
    y = y + x
    z = z - x
    return y, z
digits-turned-base-2: -3; 8; 7; 4; -1; 10; -5; 14; 9; 6
    x = abs(x) + 5
    y = x % 2
    z = y
    x = x // 2
    y = 2 * y + x % 2
    z = z + x % 2
    x = x // 2
    y = y + x
    z = z - x
    return y, z
euclid-with-7: -6; 11; 24; -10; 12; -4; -2; -1; 15; 0
    x = abs(x) + 9
    y = 7
    z = 0
    for i in range(3):
        if x > y:
            x = x - y
            z = z + 1
        else:
            y = y - x
    x = x + y
    return x, y, z
euclid-with-4: 4; 25; 17; -13; 11; 3; -3; 10; 12; 7
    x = abs(x) + 3
    y = 4
    z = 0
    for i in range(3):
        if x > y:
            x = x - y
            z = z + 1
        else:
            y = y - x
    x = x + y
    return x, y, z
in-order-with-2-and-3: 9; 5; 7; -4; 11; 23; -6; 8; 2; -9
    y = 2
    z = 3
    if x > y:
        x = x + y
        y = x - y
        x = x - y
    if y > z:
        y = y + z
        z = y - z
        y = y - z
    return x, y, z
in-order-with-6-and-9: -11; -5; 6; 8; 10; -3; -2; 11; 2; 13
    y = 6
    z = 9
    if x > y:
        x = x + y
        y = x - y
        x = x - y
    if y > z:
        y = y + z
        z = y - z
        y = y - z
    return x, y, z
fibonacci-from-x-and-6: 1; 14; -8; 8; 12; -1; 2; 0; 11; 4
    x = x % 8
    y = 6
    z = x + y
    x = y + z
    y = z + x
    z = x + y
    x = x % 9
    y = y % 7
    return x, y, z
fibonacci-from-x-and-7: 9; 1; 16; 5; -13; 4; 0; 10; -3; 17
    x = x % 8
    y = 7
    z = x + y
    x = y + z
    y = z + x
    z = x + y
    x = x % 9
    y = y % 7
    return x, y, z
polynomial-by-horner-8-5: -6; 5; 12; 11; 18; 1; 2; -4; -13; -3
    x = x % 6
    y = 8 * x + 5
    y = y % 9
    y = y * x + 8
    y = y % 9
    z = y * x
    z = z + 5
    z = z % 9
    return y, z
polynomial-by-horner-8-3: 15; 3; 8; -4; -6; 9; 6; -1; 0; -5
    x = x % 9
    y = 8 * x + 3
    y = y % 9
    y = y * x + 8
    y = y % 9
    z = y * x
    z = z + 3
    z = z % 9
    return y, z
hours-of-5-in-days-of-7: 8; -2; 15; 10; 4; -1; -11; 0; 7; -4
    x = abs(x) + 4
    y = x // 5
    z = x % 5
    x = y // 7
    y = y % 7
    if y > z:
        x = x + 1
    z = 2 * z
    y = y + z
    return x, y, z
hours-of-4-in-days-of-8: -6; 3; 12; 24; 2; 1; 7; -12; 9; 8
    x = abs(x) + 8
    y = x // 4
    z = x % 4
    x = y // 8
    y = y % 8
    if y > z:
        x = x + 1
    z = 2 * z
    y = y + z
    return x, y, z
leap-years-4-6: 11; 6; 23; -6; 0; 2; 4; 1; -8; -2
    y = 0
    if x % 4 == 0:
        y = 1
    z = x % 6
    if z == 0:
        y = y - 1
    z = z + y
    x = x - z
    y = abs(x) + y
    return x, y, z
leap-years-5-6: -6; 1; -4; 9; 2; -1; 0; 13; -3; 26
    y = 0
    if x % 5 == 0:
        y = 1
    z = x % 6
    if z == 0:
        y = y - 1
    z = z + y
    x = x - z
    y = abs(x) + y
    return x, y, z
fizz-buzz-2-9: 10; 2; 6; 21; 1; 3; -5; 12; 9; -12
    y = 0
    z = x % 2
    if z == 0:
        y = y + 1
    z = x % 9
    if z == 0:
        y = y + 4
    z = z + y
    x = x + y
    x = x - 2 * z
    return x, y
fizz-buzz-4-7: -5; -4; -6; 1; 6; 0; 27; 4; -1; -13
    y = 0
    z = x % 4
    if z == 0:
        y = y + 7
    z = x % 7
    if z == 0:
        y = y + 1
    z = z + y
    x = x + y
    x = x - 2 * z
    return x, y
hailstone-from-x-plus-3: 8; 3; 22; 0; 9; -4; -5; 5; 6; -6
    x = x + 3
    y = x
    z = 0
    for i in range(2):
        if x % 2 == 0:
            x = x // 2
            z = z + 1
        else:
            x = 3 * x + 1
    if x > y:
        y = x
    return x, y, z
hailstone-from-x-plus-4: 1; 2; -6; 14; 10; 9; -2; 5; -3; 26
    x = x + 4
    y = x
    z = 0
    for i in range(2):
        if x % 2 == 0:
            x = x // 2
            z = z + 1
        else:
            x = 3 * x + 1
    if x > y:
        y = x
    return x, y, z
taxes-above-4-and-6: -4; -2; 28; 0; 12; 11; -6; 10; 7; 9
    y = x + 4
    z = 0
    if y > 4:
        z = y - 4
        z = z // 2
    if y > 6:
        y = y - 6
        z = z + y // 3
        y = y + 6
    y = y - z
    return y, z
taxes-above-2-and-7: 7; 12; 8; -5; -3; -14; -2; 16; 4; -1
    y = x + 9
    z = 0
    if y > 2:
        z = y - 2
        z = z // 2
    if y > 7:
        y = y - 7
        z = z + y // 3
        y = y + 7
    y = y - z
    return y, z
adding-4-in-base-6: 12; 20; 11; 2; -3; 1; 18; 5; 7; -10
    x = abs(x)
    y = x % 6 + 4
    z = 0
    if y > 5:
        y = y - 6
        z = 1
    x = x // 6
    z = z + x % 6
    x = x // 6
    x = x + z // 6
    return x, z, y
adding-2-in-base-9: 28; 29; 12; 7; -3; -4; 11; -2; -12; 10
    x = abs(x)
    y = x % 9 + 2
    z = 0
    if y > 8:
        y = y - 9
        z = 1
    x = x // 9
    z = z + x % 9
    x = x // 9
    x = x + z // 9
    return x, z, y
affine-cipher-2-3: 23; 11; 3; -5; 1; -1; 10; 28; -7; -6
    x = x % 9
    y = 2 * x + 3
    y = y % 9
    z = 2 * y + 3
    z = z % 9
    x = 2 * z + 3
    x = x % 9
    y = x - y
    z = y + 2 * z
    return x, y, z
affine-cipher-2-9: 16; 8; 1; 4; 3; 0; 28; 9; 11; -5
    x = x % 9
    y = 2 * x + 9
    y = y % 9
    z = 2 * y + 9
    z = z % 9
    x = 2 * z + 9
    x = x % 9
    y = x - y
    z = y + 2 * z
    return x, y, z
check-digit-base-3: 4; 29; -5; 2; 3; -3; -2; 8; -4; 9
    x = abs(x)
    y = x % 3
    z = x // 3
    z = z % 3
    z = 2 * z
    if z > 2:
        z = z - 3 + 1
    y = y + z
    z = 6 * y
    x = z % 3
    return x, y
check-digit-base-4: -3; 5; 16; 7; -5; -2; 27; 12; 1; 10
    x = abs(x)
    y = x % 4
    z = x // 4
    z = z % 4
    z = 2 * z
    if z > 3:
        z = z - 4 + 1
    y = y + z
    z = 2 * y
    x = z % 4
    return x, y
rounds-to-3-against-2: 4; 7; 13; 8; 3; -12; 11; 2; 25; -5
    y = x % 3
    z = 3 - y
    z = z % 3
    y = y + 2
    x = x + z
    x = x % 4
    if x < y:
        z = z + 2
    else:
        z = z - 2
    x = x + y
    return x, z
rounds-to-4-against-3: 3; 5; -4; 4; 6; 12; 1; -6; -9; 24
    y = x % 3
    z = 4 - y
    z = z % 3
    y = y + 3
    x = x + z
    x = x % 6
    if x < y:
        z = z + 2
    else:
        z = z - 2
    x = x + y
    return x, z
heating-to-5: 11; 7; -5; -1; 5; 2; 10; 1; -10; 9
    y = 0
    z = x
    for i in range(3):
        if x < 5:
            x = x + 3
            y = y + 1
        else:
            x = x - 2
    z = x - z
    return x, y, z
heating-to-8: -3; 4; 3; 17; -10; 9; -6; 28; -1; -2
    y = 0
    z = x
    for i in range(3):
        if x < 8:
            x = x + 7
            y = y + 1
        else:
            x = x - 1
    z = x - z
    return x, y, z
parity-bits-of-x-plus-9: 22; -1; 1; -2; 9; 12; -4; 5; 0; 7
    x = abs(x) + 9
    y = x % 2
    x = x // 2
    z = x % 2
    x = x // 2
    y = y + z
    z = 2 * z
    x = x % 5
    z = z + x
    x = x + 3 * y
    return x, y, z
parity-bits-of-x-plus-6: 1; 0; 12; -5; 4; 6; 7; -14; 2; 18
    x = abs(x) + 6
    y = x % 2
    x = x // 2
    z = x % 2
    x = x // 2
    y = y + z
    z = 2 * z
    x = x % 6
    z = z + x
    x = x + 3 * y
    return x, y, z
shares-of-2-and-4: 10; 11; 6; 21; 29; 7; -1; 5; -6; 9
    y = abs(x) + 7
    z = y // 2
    y = y - z
    x = y // 4
    y = y - x
    if y > x:
        y = y - 1
        z = z + 1
    x = x + z
    y = 2 * y
    return x, y, z
shares-of-7-and-6: -2; 5; 18; 16; -3; -5; 1; -11; 4; -1
    y = abs(x) + 7
    z = y // 7
    y = y - z
    x = y // 6
    y = y - x
    if y > x:
        y = y - 1
        z = z + 1
    x = x + z
    y = 2 * y
    return x, y, z
stairs-up-8-down-7: -5; -2; 29; -1; 1; 6; 10; 3; 20; -4
    y = 0
    z = 1
    for i in range(3):
        x = x + 8
        x = x - 7
        if x > z:
            z = x
            y = y + 1
    z = z - x
    return x, y, z
stairs-up-4-down-2: 9; 11; -2; -5; -6; 24; 3; 5; -11; -1
    y = 0
    z = 6
    for i in range(3):
        x = x + 4
        x = x - 2
        if x > z:
            z = x
            y = y + 1
    z = z - x
    return x, y, z
seesaw-5-8: 3; 12; 10; -2; -5; -8; 13; 5; 9; 8
    y = 5 * x
    z = 8 * 5
    y = y - z
    if y < 0:
        x = x + 2
    else:
        x = x - 2
    z = abs(y)
    y = z // 5
    z = z % 5
    return x, y, z
seesaw-6-4: -1; 3; -11; 11; 6; 10; 1; 0; 7; 8
    y = 6 * x
    z = 4 * 5
    y = y - z
    if y < 0:
        x = x + 4
    else:
        x = x - 4
    z = abs(y)
    y = z // 6
    z = z % 6
    return x, y, z
`;
