/**
 * Hand-written tasks for training: the honest rival of self-play is a reasoner that learns from what people wrote.
 * None acts like a program of the held-out class, and none like one of the classics.
 * Level 1: integers. How it is written: handwritten.ts.
 */
export const CURATED = `
round-up-to-2: -14; -5; -4; 1; 9; 5; -1; 4; 8; 19
    y = 0 - x
    return 0 - y // 2 * 2
round-up-to-6: -3; 10; 3; -1; 0; -2; 5; 12; 7; 8
    y = 0 - x
    return 0 - y // 6 * 6
digit-product-base-6-plus-3: 0; -4; 20; -1; -5; 27; -3; 8; 1; 12
    y = x // 6
    z = x % 6
    return y * z + 3
digit-product-base-6-plus-5: 12; 7; 28; -8; 0; 11; -4; 3; -1; 9
    y = x // 6
    z = x % 6
    return y * z + 5
digit-difference-base-4: 3; 8; -3; -5; 4; 2; 5; -2; 13; 27
    y = x // 4
    z = x % 4
    return abs(y - z)
digit-difference-base-5: 5; -5; 7; 10; 1; 2; 15; 20; 19; -3
    y = x // 5
    z = x % 5
    return abs(y - z)
centred-polygon-1-3: 6; 1; 2; 3; 5; -4; 4; -3; -2; -6
    y = x * (x + 1)
    return y // 2 + 3
centred-polygon-4-2: 0; -4; -5; -2; 2; 3; 1; -1; -3; 4
    y = 4 * x * (x + 1)
    return y // 2 + 2
distance-of-2x-to-6: -8; 17; -4; -1; -6; 8; 3; 15; 4; 18
    return abs(2 * x - 6)
distance-of-3x-to-1: -6; -3; 11; 12; 0; -1; 7; 1; 8; 10
    return abs(3 * x - 1)
nearer-of-0-and-9: -2; 7; -3; -4; 9; -6; 23; 10; 6; -5
    y = abs(x)
    z = abs(x - 9)
    if z < y:
        y = z
    return y
nearer-of-1-and-8: 9; 10; 6; 3; -3; 1; 8; 23; -4; 5
    y = abs(x - 1)
    z = abs(x - 8)
    if z < y:
        y = z
    return y
alternating-from-6-5-times: 7; -3; -6; 1; -4; -5; 12; 5; -2; 10
    y = 6
    for i in range(5):
        y = 3 * x - y
    return y
alternating-from-3-3-times: 11; 3; 2; 13; 6; -1; 29; -4; 1; -13
    y = 3
    for i in range(3):
        y = 2 * x - y
    return y
congruential-2-2-8: 10; 30; -3; -4; 5; -6; 12; 14; 9; 3
    y = x % 8
    for i in range(2):
        y = (2 * y + 2) % 8
    return y
congruential-3-4-5: -1; -5; 14; 3; 30; 6; -6; 11; -4; 9
    y = x % 5
    for i in range(3):
        y = (3 * y + 4) % 5
    return y
congruential-4-3-9: -3; 5; 8; 7; 1; 6; -6; 2; -5; 3
    y = x % 9
    for i in range(2):
        y = (4 * y + 3) % 9
    return y
logarithm-base-2-up-to-5: 6; -13; 10; 4; 0; -7; 3; 11; -3; 5
    y = 0
    for i in range(5):
        x = x // 2
        if x > 0:
            y = y + 1
    return y
logarithm-base-4-up-to-6: -11; -5; 0; 26; 10; 9; 2; 5; -13; 8
    y = 0
    for i in range(6):
        x = x // 4
        if x > 0:
            y = y + 1
    return y
digits-reversed-base-3-4: -15; 9; 3; 10; -4; 0; 2; -5; 6; 30
    y = 0
    for i in range(4):
        y = 3 * y + x % 3
        x = x // 3
    return y
rectified-from-7: 9; 20; 21; 11; 7; 1; 10; 3; -2; 12
    y = 2 * (x - 7)
    if y < 0:
        y = 0
    return y
rectified-from-4: 4; 22; 3; -2; -5; 27; 10; 5; -3; 2
    y = 3 * (x - 4)
    if y < 0:
        y = 0
    return y
hinge-10-3: 8; 12; -4; 29; -1; -3; -5; -2; 15; 14
    y = 10 - 3 * x
    if y < 0:
        y = 0
    return y
hinge-5-4: 12; -4; 3; -5; 4; 9; -12; 8; 2; 11
    y = 5 - 4 * x
    if y < 0:
        y = 0
    return y
triangle-wave-9-2: 4; 15; 0; -2; -4; -5; -12; 3; 10; 1
    y = x % 9
    z = 9 - y
    if z < y:
        y = z
    return 2 * y
triangle-wave-3-1: 9; 13; 6; 8; 10; -1; -5; -12; -6; 2
    y = x % 3
    z = 3 - y
    if z < y:
        y = z
    return y
small-calendar-3-7: -4; 13; 7; -5; 11; 4; -6; 2; 3; 5
    y = 1
    if x % 3 == 0:
        y = y + 1
    if x % 7 == 0:
        y = y - 1
    return y
small-calendar-4-9: 5; -4; 12; 0; 8; -6; 11; -2; -5; 10
    y = 8
    if x % 4 == 0:
        y = y + 1
    if x % 9 == 0:
        y = y - 1
    return y
clock-of-6-plus-5: 17; 19; -4; 4; 12; 20; 5; 11; 9; -3
    y = x + 5
    return y % 6 + 1
clock-of-5-plus-6: 19; 10; 0; 4; -3; 27; 8; -2; 1; 6
    y = x + 6
    return y % 5 + 1
division-toward-zero-by-7: -8; 1; -1; 12; -3; 25; 9; 6; 3; 19
    y = abs(x) // 7
    if x < 0:
        y = 0 - y
    return y
division-toward-zero-by-4: 0; 5; 12; 6; 4; -12; 2; 8; 1; 9
    y = abs(x) // 4
    if x < 0:
        y = 0 - y
    return y
mean-with-2-weight-3: -1; 5; 17; -5; 12; 7; 4; -4; -6; 1
    y = 3 * x + 2
    return y // 2
mean-with-2-weight-4: 10; 11; -5; 2; 19; 3; 6; 0; -2; 14
    y = 4 * x + 2
    return y // 5
interest-3-3-years: 2; 1; 25; -1; 12; 13; -5; 3; -9; -2
    y = x
    for i in range(3):
        y = y + y // 3
    return y
interest-9-3-years: 0; 8; 1; -13; -5; 12; -4; 3; -6; -1
    y = x
    for i in range(3):
        y = y + y // 9
    return y
decay-5-2-steps: -1; 10; -4; 11; -2; 3; 18; 2; 13; 12
    for i in range(2):
        x = x - x // 5
    return x
decay-4-3-steps: 3; 11; 1; -4; -2; 21; -14; 4; 2; 5
    for i in range(3):
        x = x - x // 4
    return x
roots-2-and-6: -2; 7; 8; -1; -6; -3; 2; 4; -9; 1
    return (x - 2) * (x + 6)
roots-6-and-2: 7; 2; 12; 5; -6; 9; 8; -5; -7; -2
    return (x - 6) * (x + 2)
parabola-top-6-at-4: 10; 2; 1; -4; 4; -1; -5; 7; 3; 8
    y = x - 4
    return 6 - y * y
parabola-top-2-at-3: -6; 6; -5; -3; 3; 11; 9; 8; -1; -2
    y = x - 3
    return 2 - y * y
tax-above-8: -3; 3; 12; -2; -6; 1; 5; 0; 9; -5
    y = 2 * x
    if x > 8:
        y = y + 3 * (x - 8)
    return y
tax-above-2: 6; 3; -1; 10; -4; 5; 9; -5; 4; 2
    y = 3 * x
    if x > 2:
        y = y + 4 * (x - 2)
    return y
thermostat-6-3-4: 9; 8; 0; 12; -13; 4; 5; -5; 10; -6
    for i in range(5):
        if x > 6:
            x = x - 3
        else:
            x = x + 4
    return x
thermostat-3-4-3: 12; 15; 6; -4; 2; 9; -6; -3; 26; 11
    for i in range(2):
        if x > 3:
            x = x - 4
        else:
            x = x + 3
    return x
thermostat-3-4-4: 2; 6; 11; -3; -4; -6; 1; -5; 8; 5
    for i in range(2):
        if x > 3:
            x = x - 4
        else:
            x = x + 4
    return x
nim-move-5: -3; 1; -4; 22; -1; 10; 2; -2; 3; 15
    y = x % 5
    if y == 0:
        y = 1
    return y
nim-move-9: 9; -6; 2; 3; 8; 5; -14; 18; 12; 6
    y = x % 9
    if y == 0:
        y = 1
    return y
signed-to-counting-3: -5; -4; 11; 9; 4; -10; 2; -7; -3; 7
    y = 3 * x
    if x < 0:
        y = 0 - y - 1
    return y
signed-to-counting-2: 1; 5; 23; -11; 2; 9; 18; 6; 7; -3
    y = 2 * x
    if x < 0:
        y = 0 - y - 1
    return y
remainders-of-multiples-9-4: 11; 4; 10; -6; -5; 16; -3; -4; 5; -2
    y = 0
    for i in range(4):
        y = y + i * x % 9
    return y
remainders-of-multiples-5-5: 4; -15; 1; 3; -1; -6; -10; 11; 10; -11
    y = 0
    for i in range(5):
        y = y + i * x % 5
    return y
overlap-3-2-9: 6; 3; -2; -9; -4; 0; 1; -5; 4; 5
    y = x + 3
    if y > 9:
        y = 9
    if x < 2:
        x = 2
    y = y - x
    if y < 0:
        y = 0
    return y
overlap-3-5-10: -2; -4; 9; 6; 1; 8; -6; 4; -10; 12
    y = x + 3
    if y > 10:
        y = 10
    if x < 5:
        x = 5
    y = y - x
    if y < 0:
        y = 0
    return y
signed-square-7: -1; 1; -4; -5; 5; -6; 6; 2; 8; -2
    y = x * abs(x)
    return y // 7
signed-square-2: 3; -5; 6; -3; 1; 8; -2; 5; 0; 4
    y = x * abs(x)
    return y // 2
alternating-digits-base-3-3: 10; 4; 9; -5; 7; 5; 6; 8; 12; -11
    y = 0
    for i in range(3):
        y = x % 3 - y
        x = x // 3
    return y
alternating-digits-base-6-3: -14; -4; 0; 4; 5; -3; -1; -5; 3; 12
    y = 0
    for i in range(3):
        y = x % 6 - y
        x = x // 6
    return y
fibonacci-from-1-4: 6; 13; 8; -6; -5; 2; -15; 3; 0; -3
    y = 1
    for i in range(4):
        x = x + y
        y = x - y
    return x
fibonacci-from-1-2: 7; 3; 11; -1; 2; 16; -3; 6; 0; 1
    y = 1
    for i in range(2):
        x = x + y
        y = x - y
    return x
steps-to-12-by-3: 12; -2; 30; 11; 3; -3; 1; -6; 10; 5
    y = 0
    for i in range(5):
        if x < 12:
            x = x + 3
            y = y + 1
    return y
steps-to-10-by-3: 18; 7; 10; 3; 5; 8; 1; 11; -3; 6
    y = 0
    for i in range(5):
        if x < 10:
            x = x + 3
            y = y + 1
    return y
spring-3-3: 12; 1; 7; 23; 9; -4; 11; -2; -1; 4
    y = 1
    for i in range(3):
        y = y - x // 3
        x = x + y
    return x
spring-4-3: 13; 6; 0; 7; 2; 12; 5; -1; 9; 17
    y = 1
    for i in range(3):
        y = y - x // 4
        x = x + y
    return x
`;
