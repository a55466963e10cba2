/**
 * The hand-written suite: small functions that everybody knows, with constants chosen so that what they do is of
 * the held-out class. Nothing that acts like one of them is ever trained on.
 * Level 1: integers. How it is written: handwritten.ts.
 */
export const CLASSICS = `
parity-2-or-5: -3; 6; 11; 1; -11; -2; 17; 10; 23; -5
    y = 2
    if x % 2 == 0:
        y = 5
    return y
parity-5-or-4: 19; 0; 12; 5; 21; -6; -4; 25; 2; -1
    y = 5
    if x % 2 == 0:
        y = 4
    return y
multiple-of-5-near-4: 7; -1; 1; 11; 4; 9; 8; 2; 19; -6
    y = (x + 4) // 5
    return 5 * y
multiple-of-3-near-2: -7; 2; -5; -2; -3; 11; 1; -4; 19; 3
    y = (x + 2) // 3
    return 3 * y
digit-sum-base-10-plus-1: 4; 22; -3; -1; 9; 3; 5; -8; 8; 12
    y = x // 10
    z = x % 10
    return y + z + 1
digit-sum-base-4: 9; 7; 11; 2; 1; -4; -3; -2; -5; -1
    y = x // 4
    z = x % 4
    return y + z
swap-digits-base-4-plus-6: 6; -2; 8; -9; -6; 12; 5; 9; 0; 10
    y = x // 4
    z = x % 4
    return 4 * z + y + 6
swap-digits-base-7-plus-6: -1; 11; 19; -5; -11; 4; 9; -6; 20; -3
    y = x // 7
    z = x % 7
    return 7 * z + y + 6
collatz-3x-plus-4-4: -4; 4; -1; 0; -3; -6; 12; 2; -2; 8
    for i in range(4):
        if x % 2 == 0:
            x = x // 2
        else:
            x = 3 * x + 4
    return x
collatz-2x-plus-1-3: -1; 8; 1; 6; -3; 7; -5; 9; 0; 12
    for i in range(3):
        if x % 2 == 0:
            x = x // 2
        else:
            x = 2 * x + 1
    return x
triangular-number-7-1: 2; -3; -6; 1; -4; -1; -15; 0; -11; -9
    y = x + 7
    y = y * (y + 1)
    return y // 2 - 1
triangular-number-1-1: 7; 0; 2; -3; 5; -4; 4; -2; 1; -6
    y = x + 1
    y = y * (y + 1)
    return y // 2 - 1
clamp-4-to-7: -4; 1; 5; 7; -3; -1; 6; 18; 12; 0
    if x < 4:
        x = 4
    if x > 7:
        x = 7
    return x
clamp-5-to-7: 0; -5; 5; 11; -11; 9; 12; 10; -2; -1
    if x < 5:
        x = 5
    if x > 7:
        x = 7
    return x
sign-4-and-3: 6; 0; -6; -8; 19; -7; 1; -1; 8; 3
    y = 0
    if x > 0:
        y = 4
    if x < 0:
        y = 0 - 3
    return y
sign-5-and-2: -5; 2; 11; 15; 26; 5; 0; -4; 8; -3
    y = 0
    if x > 0:
        y = 5
    if x < 0:
        y = 0 - 2
    return y
distance-to-5-plus-2: 5; -2; -1; -3; -4; -5; 14; 6; 15; 9
    return abs(x - 5) + 2
distance-to-9: 8; -1; 0; 11; 26; -13; 6; 10; -2; 9
    return abs(x - 9)
way-past-6-and-9: -6; -3; -1; 11; 5; 29; 4; -13; -4; 7
    y = abs(x - 6)
    z = abs(x - 9)
    return y + z
way-past-6-and-10: 5; 3; -5; 14; -1; -3; 12; -2; -6; 11
    y = abs(x - 6)
    z = abs(x - 10)
    return y + z
farther-of-1-and-12: 9; 11; 7; -5; 19; 3; 5; -2; 30; -9
    y = abs(x - 1)
    z = abs(x - 12)
    if z > y:
        y = z
    return y
farther-of-4-and-7: 1; 12; 27; 4; 8; -1; 7; 30; -5; 10
    y = abs(x - 4)
    z = abs(x - 7)
    if z > y:
        y = z
    return y
sum-of-5-squares-minus-5x: 8; -11; 2; 11; 17; 10; -1; -6; 12; -5
    y = 0
    for i in range(5):
        y = y + i * i
    return y - 5 * x
sum-of-4-squares-minus-5x: 7; 6; -2; 11; 10; 4; -15; 16; -5; 9
    y = 0
    for i in range(4):
        y = y + i * i
    return y - 5 * x
distances-to-first-6-times-3: 12; -3; -4; 2; -1; -6; 9; 22; 3; -2
    y = 0
    for i in range(6):
        y = y + abs(3 * i - x)
    return y
distances-to-first-3: -5; 20; 3; 4; 12; 2; -1; -3; 25; -2
    y = 1
    for i in range(3):
        y = y + abs(i - x)
    return y
greatest-common-divisor-5-5: -6; -2; -3; 4; 5; -1; 13; 0; 3; 18
    y = 5
    for i in range(5):
        if x > y:
            x = x - y
        else:
            y = y - x
    return x
greatest-common-divisor-11-5: 5; 2; 4; 8; -9; 13; 15; -3; 12; 11
    y = 11
    for i in range(5):
        if x > y:
            x = x - y
        else:
            y = y - x
    return x
inverse-modulo-5-for-3: -3; 4; -2; 13; 6; 1; 22; 9; 11; 12
    y = 0
    for i in range(5):
        z = i * x % 5
        if z == 3:
            y = i
    return y
inverse-modulo-8-for-1: 6; 2; -1; 8; 12; 1; -6; 9; 7; 5
    y = 0
    for i in range(8):
        z = i * x % 8
        if z == 1:
            y = i
    return y
power-3-modulo-7: 7; 0; -5; 5; -4; 13; 8; 4; 11; 19
    x = x % 7
    y = 1
    for i in range(3):
        y = x * y % 7
    return y
power-2-modulo-5: -8; 12; 4; 11; 3; 0; 21; 7; 28; 1
    x = x % 5
    y = 1
    for i in range(2):
        y = x * y % 5
    return y
whole-root-of-x-over-1: 11; -1; 6; 4; 3; 2; 23; 9; 0; -3
    y = 0
    for i in range(6):
        z = i * i
        if z <= x:
            y = i
    return y + 1
whole-root-of-x-over-2: -8; 7; 5; -13; 2; -6; -4; 12; 6; -1
    y = 0
    for i in range(4):
        z = 2 * i * i
        if z <= x:
            y = i
    return y + 1
multiples-of-4-below-x: 3; 11; 21; 10; -7; 0; -6; 29; 5; -1
    y = 0
    for i in range(6):
        z = 4 * i
        if z < x:
            y = y + 1
    return y
multiples-of-6-below-x: 4; 9; -3; 0; 2; -11; 21; 10; 5; 12
    y = 0
    for i in range(5):
        z = 6 * i
        if z < x:
            y = y + 1
    return y
valuation-at-3-plus-3: 0; 1; 7; -3; 3; -1; -2; 8; 6; -5
    y = 3
    for i in range(2):
        if x % 3 == 0:
            x = x // 3
            y = y + 1
    return y
valuation-at-5-plus-3: 5; 8; -4; 1; 10; 3; -12; -7; -1; 2
    y = 3
    for i in range(4):
        if x % 5 == 0:
            x = x // 5
            y = y + 1
    return y
without-3-factors-4: 4; -8; 10; -6; 1; -1; -5; 2; -2; 5
    for i in range(3):
        if x % 4 == 0:
            x = x // 4
    return x - 3
without-2-factors-6: 11; 8; 10; -3; 2; 25; -9; 5; 6; -4
    for i in range(2):
        if x % 6 == 0:
            x = x // 6
    return x - 4
sum-of-4-digits-base-2: -1; 23; -7; -4; 7; 12; 2; -5; 1; 27
    y = 0
    for i in range(4):
        y = y + x % 2
        x = x // 2
    return y
sum-of-3-digits-base-2: 11; 27; -3; 9; 8; -4; -2; 3; 1; 28
    y = 1
    for i in range(3):
        y = y + x % 2
        x = x // 2
    return y
leak-below-3-over-3: 4; 12; 6; -4; -2; 3; 15; 0; -6; 11
    y = x
    if x < 3:
        y = x // 3
    return y
square-wave-4: -6; 8; 7; -13; 0; -5; 1; 5; -4; 2
    y = x // 4 % 2
    return 7 * y
square-wave-9: 5; -3; -4; 2; 11; -1; -2; 6; 8; 13
    y = x // 9 % 2
    return y
saw-tooth-7-minus-3: 2; 15; 9; 10; 6; -6; 11; 5; 12; 0
    y = x % 7 - 3
    return y
saw-tooth-7-minus-2: -3; 25; -2; 1; -13; 12; -1; 27; 19; -5
    y = x % 7 - 2
    return 2 * y
fizz-3-buzz-7: -6; 5; 4; 0; 7; 8; 12; -7; -4; 10
    y = x
    if x % 3 == 0:
        y = 8
    if x % 7 == 0:
        y = y + 5
    return y
fizz-3-buzz-6: 5; 1; 4; 3; 22; 0; 2; 6; 9; 29
    y = x
    if x % 3 == 0:
        y = 3
    if x % 6 == 0:
        y = y + 8
    return y
weekday-2: -11; -8; 12; 3; -3; 1; 9; 8; -14; -2
    y = 3 * x + 2
    return y % 9
weekday-3: -3; 12; 8; 3; 13; 6; -6; -5; 5; 0
    y = 4 * x + 3
    return y % 9
ceiling-of-x-over-9: 4; 6; -1; 12; 9; 2; 24; 0; -14; 3
    y = 0 - x
    return 1 - y // 9
ceiling-of-x-over-4: -6; 18; 4; 1; 8; -4; 10; 11; -2; 3
    y = 0 - 3 * x
    return 1 - y // 4
balanced-remainder-9: 9; -3; 3; 7; 1; -2; 11; 20; -4; 8
    y = x % 9
    z = 2 * y
    if z > 9:
        y = y - 9
    return y
balanced-remainder-4: 15; 5; -9; 6; 8; -1; 3; 10; -2; 0
    y = x % 4
    z = 2 * y
    if z > 4:
        y = y - 4
    return y
unit-change-2-over-3-plus-9: 7; -8; 9; 5; 10; 3; 19; 8; 11; 2
    y = 2 * x // 3
    return y + 9
unit-change-2-over-9-plus-3: 7; -6; 4; -5; 5; -2; 10; 22; -1; 1
    y = 2 * x // 9
    return y + 3
bouncing-ball-3-3: 6; 3; 22; -7; 0; 12; 9; 16; -6; -2
    y = 1
    for i in range(3):
        y = y + x
        x = x // 3
    return y
bouncing-ball-2-4: 11; -2; 0; 13; -1; 6; 12; 8; 25; 18
    y = 2
    for i in range(4):
        y = y + x
        x = x // 2
    return y
digital-root-base-3: 6; 5; 10; 19; 8; -6; 4; -1; 9; 11
    for i in range(2):
        x = x // 3 + x % 3
    return x
digital-root-base-6: 16; -3; -4; -5; 4; 12; 11; 6; -1; 1
    for i in range(3):
        x = x // 6 + x % 6
    return x + 2
price-list-1-4-7: 3; 17; -7; -2; -12; -1; 9; 2; 27; 8
    y = 1
    if x > 3:
        y = 4
    if x > 8:
        y = 7
    return y
price-list-3-5-8: -5; 0; 14; -4; 2; -2; 9; 5; -3; 8
    y = 3
    if x > 2:
        y = 5
    if x > 9:
        y = 8
    return y
counting-to-signed-1-2: 21; 2; 12; 19; 13; -4; -2; 6; 7; 5
    y = x // 2
    if x % 2 == 1:
        y = 0 - y - 1
    return y
hailstone-peak-3: -6; 8; 7; -3; 10; 0; 12; -1; 3; 2
    y = x
    for i in range(3):
        if x % 2 == 0:
            x = x // 2
        else:
            x = 3 * x + 1
        if x > y:
            y = x
    return y
hailstone-peak-2: 11; -1; -5; 25; 2; -4; -3; 13; 12; 0
    y = x
    for i in range(2):
        if x % 2 == 0:
            x = x // 2
        else:
            x = 3 * x + 1
        if x > y:
            y = x
    return y
square-roots-modulo-3: -6; 8; 27; 2; 1; 14; 19; 3; 12; -3
    y = 1
    z = x % 3
    for i in range(6):
        x = i * i % 3
        if x == z:
            y = y + 1
    return y
square-roots-modulo-7: 27; 24; -4; -3; 30; 12; 4; 10; -2; 1
    y = 1
    z = x % 7
    for i in range(5):
        x = i * i % 7
        if x == z:
            y = y + 1
    return y
oblong-number-3: -5; -3; 0; -10; 1; -6; -8; 8; -2; 6
    return x * (x + 3)
oblong-number-4: -6; -2; 7; 8; -1; 5; 3; 4; -4; -5
    return x * (x + 4) - 1
half-3-times-then-plus-9: 23; -7; 20; 1; -3; -4; -1; 4; -2; 6
    for i in range(3):
        x = (x + 1) // 2
    return x + 9
half-3-times-then-plus-1: 1; 27; 29; 10; 3; 12; -7; -14; 0; 8
    for i in range(3):
        x = (x + 4) // 2
    return x + 1
quadratic-residue-3-7: -6; 3; 4; 0; -5; -2; 8; 9; -1; 7
    y = x * x + 3
    return y % 7
quadratic-residue-2-9: 2; 4; 7; 5; 3; -3; -4; 6; 9; -2
    y = x * x + 2
    return y % 9
`;
