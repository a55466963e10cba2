/**
 * Hand-written tasks for training: the honest rival of self-play is a reasoner that learns from what people wrote.
 * None acts like a program of the held-out class, and none like one of the classics.
 * Level 2: lists and strings. How it is written: handwritten.ts.
 */
export const CURATED = `
running-sums-from-3: [7, 0]; [5, 7, 2]; [4]; [9]; [0, 2, 2, 1]; [2, 7, 2, 4, 4]; [0, 1, 5]; [8, 7, 3]; [2, 1]; [0, 4]
    y = []
    z = 3
    for v in x:
        z += v
        y.append(z)
    return y
running-sums-from-8: [6, 9, 9]; [0, 2, 1]; [8, 2, 8]; [8, 9, 5]; [4, 9, 4, 2, -1]; [8]; [-7, -4, 5]; [2, 9, 9]; [9, 2]; [6, 1, 2]
    y = []
    z = 8
    for v in x:
        z += v
        y.append(z)
    return y
left-shift-by-2-fill-6: [6, 2, 4]; [2, 0, 3]; [8, 6]; [1, 5, 8, 6]; [4]; [0, 1, 1]; [4, 3]; [9, 1, 5]; [6, 8, 7]; [6, -6]
    return x[2:] + [6] * 2
left-shift-by-2-fill-5: [11, 1]; [-6, -7]; [-9, 7]; [3, 4, 8]; [5, 6, 9]; [9, 6, 7, 2, 1]; [0, 1, 7]; [4, 3, -1]; [1, 0, 4]; [5, 6]
    return x[2:] + [5] * 2
keep-remainder-0-of-2: [1, 0, 5]; [6, 9, 8]; [8, 9, 9, 0, 8]; [8, 9, 1, 7, 11]; [6, -9]; [7, 7, 4, 11, 5]; [4, 3, 8]; [3, 10, 8]; [8, 12, -2, 9]; [0, 1, 7, 4]
    y = []
    for v in x:
        if v % 2 == 0:
            y.append(v)
    return y
keep-remainder-0-of-4: [8, 3, 0]; [6]; [1, 2, 8]; [4, 1, 0]; [3, 3, 8]; [8, 0, 4]; [6, 4, 9]; [0, 0]; [4, -2]; [5]
    y = []
    for v in x:
        if v % 4 == 0:
            y.append(v)
    return y
count-above-4: [1, -7, 0]; [8, 5, 7, 9]; [-1, 2]; [6, 6, 4]; [2, 8, 2, 6, 9]; [5, 6, -9, 3]; [1, 3, 7, 8]; [1, -7]; [5, -2, 1]; [6, 9, 3, 9]
    y = 0
    for v in x:
        if v > 4:
            y += 1
    return y
count-below-4: [0, 0, 3]; [6, 7]; [6, 1, 6]; [2, 6, 3, 0]; [1, 7, 3, 3]; [2, -2, 9]; [5, 9, 9, 2]; [2, 9, 1, 7, -1]; [11, 5, 3]; [7, 5, 6]
    y = 0
    for v in x:
        if v < 4:
            y += 1
    return y
count-below-1: [0]; [4, 8]; [6, 7]; [1, 0, 8, 12, 8]; [-5, 2]; [5, 9, 7]; [5, 7, 3, 1]; [1, 9, 5]; [2, 2]; [4, 9, 3]
    y = 0
    for v in x:
        if v < 1:
            y += 1
    return y
records-above-2: [9]; [4, 7, 3, 2]; [2, 8, 2, 4, 7]; [8, 8, 3]; [8, 1]; [0, 1]; [5, 7, 7, 1, 6]; [11, -7, 9, 8]; [1, 6, 1]; [6, 9, 3]
    y = []
    z = 2
    for v in x:
        if v > z:
            y.append(v)
            z = v
    return y
records-above-0: [1, -7, 9]; [5, 7, 1, 0]; [1, 1]; [2, 4, 6, 1]; [11, 6, 8, 4]; [1, 5]; [3, 1, 3, 6, 0]; [2, 9, 9]; [8, 5, 5, 2]; [7, 2]
    y = []
    z = 0
    for v in x:
        if v > z:
            y.append(v)
            z = v
    return y
width-times-3-plus-4: [9]; [9, 6, -7, 6, -2]; [6, 9, 2, 0]; [1, 3, 2]; [0, 9, 8, 5, 4]; [9, 4, 5]; [1, -3, 6]; [-2, 3, 1]; [2, 5, 5, 5]; [6, 0]
    return 3 * (max(x) - min(x)) + 4
width-times-2-plus-1: [0, 0, 3, 9]; [5, 5, 3, 0]; [7, 9, 1]; [3, 8]; [-7]; [2, 5, 1, 9]; [1, 1, 1, 8, 8]; [-5, 2, 0]; [5]; [0, 0]
    return 2 * (max(x) - min(x)) + 1
place-of-largest-from-0: [5, 6, 3, 4]; [0, 8, 7]; [2, 4]; [-2]; [5, 7]; [-8, 4, 7]; [5, 5]; [0, 1]; [7, 9, 3]; [6, 1, 7]
    y = 0
    for i in range(len(x)):
        if x[i] > x[y]:
            y = i
    return y
place-of-largest-from-5: [6, 7, 1, 4]; [2, 2]; [6, 1, 7]; [8, 8, 7]; [8, 5, 8, 1]; [9, 9, 5]; [-5, 0, 9]; [6, 6, 4, -5, 2]; [1, 0]; [2, 1, 4]
    y = 0
    for i in range(len(x)):
        if x[i] > x[y]:
            y = i
    return y + 5
differences-times-3: [8, 9]; [6, 5, 4, 7, 3]; [0, 4]; [6, 8]; [7, 0, 5]; [4, 7]; [1, 7, 5, 2, 6]; [4, 6]; [9, 9, 4, 4, 3]; [-2, 8]
    y = []
    for i in range(len(x) - 1):
        y.append(3 * x[i + 1] - x[i])
    return y
differences-times-2: [9, 9, 10]; [8, 5, 7, 2]; [8, 1, 0]; [2]; [-1, -5]; [0, 9, 5, 4]; [9, 4, 4]; [3, 0, 1]; [3, 7, -1, 3]; [1, 0]
    y = []
    for i in range(len(x) - 1):
        y.append(2 * x[i + 1] - x[i])
    return y
weighted-by-place-from-0: [4, 6]; [5, 8]; [4, 2]; [0, 6, 3]; [7, -6]; [2]; [9, 4]; [0, -8, 8]; [-9, 4, 4]; [3, 2, 9, 9]
    y = 0
    for i in range(len(x)):
        y += i * x[i]
    return y
weighted-by-place-from-4: [3, -4, 2, 2]; [4, 2, 8, 2]; [7, 7, 0, 0]; [5, 5]; [7, 8]; [0, 5, 6]; [3]; [6, 9]; [9, 3, -7]; [10, 9]
    y = 0
    for i in range(len(x)):
        y += (i + 4) * x[i]
    return y
evens-and-odds-1: [4]; [2, 2, 6, 3]; [-7, 8, 0]; [8, 2, 8, 8]; [7, 6, 9, 4]; [1, 8, 8, 8]; [1, 5]; [4, 2]; [8, 6, 6, 9, 3]; [7, 6, 3]
    y = []
    z = []
    for v in x:
        if v % 3 == 1:
            y.append(v)
        else:
            z.append(v)
    return y + z
evens-and-odds-0: [2, 7, 3]; [9, 1, 5]; [7, 10, 2, 5]; [2]; [9, -7]; [0, 8, 9]; [4, -7, 2, 7]; [0, 2, 9]; [6]; [1]
    y = []
    z = []
    for v in x:
        if v % 3 == 0:
            y.append(v)
        else:
            z.append(v)
    return y + z
smallest-with-3: [4, 0, 0, -4]; [-8, 7, 6]; [6]; [4]; [2, -5, 2, 9]; [8, 4, 9]; [3, 9, 0, 2, 3]; [8, 6, 7]; [1, 2]; [2, 2, 3]
    y = sorted(x + [3])
    return y[0]
smallest-with-6: [5, 7, 1, 9]; [6, 8, 2, 5]; [9, 0, 3]; [4, -3, 7]; [8, 8, 10]; [5, 7, 0]; [11]; [6, 7]; [0, 7]; [3, 9, 6]
    y = sorted(x + [6])
    return y[0]
without-extremes-of-5: [2, 2, 2]; [5, 8, 2]; [1, 6]; [5, -1]; [5, -9, -9]; [5, 2, 9]; [2, 3, 3]; [4, 3]; [-1, 1]; [1, 7, 2, 4]
    y = sorted(x + [5])
    return y[1:-1]
without-extremes-of-6: [3, 6, 7, 9]; [2, 7]; [7, 6, 2]; [-6]; [3, 2]; [0, 3]; [7, 2]; [3, 3, 9]; [3, 5, 8]; [6]
    y = sorted(x + [6])
    return y[1:-1]
rises-plus-5: [4, 1, -5]; [8, -4, 6]; [9, 2]; [8, 9, 6, 6, 6]; [-1, 8, 8]; [12, 3, 5, 10]; [4, 7, 9, 1]; [-2, 2]; [0, 4, 12, 0]; [5, 6, 4]
    y = 5
    for i in range(len(x) - 1):
        if x[i] < x[i + 1]:
            y += 1
    return y
rises-plus-3: [4, 9, 12, -7]; [2, -5, 2, 6]; [3, 6]; [0, -8, 4]; [2, 7, 1]; [1, 12, 5]; [8, -2, -3]; [-3, 3, 9]; [2, 2]; [2, 1]
    y = 3
    for i in range(len(x) - 1):
        if x[i] <= x[i + 1]:
            y += 1
    return y
at-least-5-each: [8]; [3, 11]; [1, 8, 8, -9]; [8, 6]; [2, 2, -9, 7]; [1]; [1, 1, 4]; [8, 0]; [8, -8, 0]; [9, -2]
    y = []
    for v in x:
        y.append(max(v, 5))
    return y
at-least-3-each: [9]; [4, 5, 2]; [2, 4, 2]; [3]; [3, 3]; [8, 3, 6]; [0, 5, 5]; [-8, 2]; [4, 7, -9, 12]; [9, 2, 4, 8, 2]
    y = []
    for v in x:
        y.append(max(v, 3))
    return y
stutter-plus-2: [1, -8]; [1, 2, 9]; [6, 1, 4]; [0, 2, 8]; [2, 2, 0]; [0]; [7, 0]; [1, 8]; [0, 2, 9]; [4, 7, 2, 7]
    y = []
    for v in x:
        y += [v, v + 2]
    return y
stutter: [-2, 8, 11]; [3, 0, 3, 7]; [9, 6, 12, 9]; [4, 9]; [-5, -1, 1, 9]; [2, 0]; [4]; [8, 2, 3, 7]; [1, 4, 6]; [9, -9]
    y = []
    for v in x:
        y += [v, v + 0]
    return y
sum-over-3: [3]; [8, 8]; [7, 0, 6]; [2, 8, 8]; [7, 4]; [7, 12, 3, 7]; [-7, 1]; [6, 6, 2, 3]; [1, 4, 7]; [8, 10, 0, 0]
    return (sum(x)) // 3
sum-over-5: [6, 3, 8]; [6, 5, -3]; [0, 6, 4, 5]; [0, 0]; [11, 2, -7, 7]; [4]; [6, -7]; [7, 4, 5, 5]; [4, 4, -7]; [5, 7, 0, 8]
    return (sum(x)) // 5
balance-from-5: [6, -7]; [5, 7]; [2, 4, 4, 4]; [3, 5]; [9, 8, 1, 0]; [11, 8, 8]; [-8, 7, 2, 4]; [-3, 3, 8, 11]; [0, 2, -8]; [1, 4, 7, 3, 3]
    y = 5
    for v in x:
        y = max(y + v, 0)
    return y
balance-from-4: [6, 7, 2, 1]; [8, 5]; [0, 8, 1]; [4, 7, 8]; [4, 0, 2]; [5, 6, 1]; [5, 7, 6, 1, 0]; [2, 11, 8]; [4, 3, 3, 6]; [0, 9]
    y = 4
    for v in x:
        y = max(y + v, 0)
    return y
deviation-from-3: [7, 7]; [3, 2, 4, 4]; [6]; [2]; [7, 2, 7, 9]; [1, 0]; [7, 12]; [3, 1]; [3, 7, 1, 2, 6]; [5]
    y = 0
    for v in x:
        y += abs(v - 3)
    return y
deviation-from-5: [2, 2]; [6, 7, 9]; [0, 2, 8]; [-6, 8, 7]; [4, 1, 0, 8]; [0, 8]; [9, 9, 1]; [9]; [1, 6]; [8, 9, 8]
    y = 0
    for v in x:
        y += abs(v - 5)
    return y
pairs-with-last-plus-5: [1, 6]; [5, 8, 2, 3]; [3, 7, 3]; [8, 3, 3, 8]; [7, 5, 5]; [4, 5, 2]; [9, 3, 0, 6]; [3, 9, -6]; [1, 4, 1, 3]; [8, 1, 5]
    y = []
    for v in x:
        y.append(v + x[-1] - 5)
    return y
pairs-with-last-plus-4: [6, 0, 4, 0]; [7, -4]; [0]; [8]; [5, 2, 8]; [7, 8, 1]; [8, 8]; [-5, 2, 9, 0, 4]; [-4, 4, 4, 9, 5]; [8, 0, 0, 5]
    y = []
    for v in x:
        y.append(v + x[-1] - 4)
    return y
letters-a-times-3: 'abc'; 'bca'; 'cbbb'; 'aaa'; 'aac'; 'dcc'; 'aca'; 'ede'; 'aacaa'; 'cc'
    y = x.count('a')
    return 3 * y + len(x)
letters-c-times-3: 'abbba'; 'b'; 'abcc'; 'cabb'; 'ccbc'; 'ba'; 'ecec'; 'aac'; 'cca'; 'cba'
    y = x.count('c')
    return 3 * y + len(x)
exchange-a-for-c: 'baab'; 'ccc'; 'abac'; 'cacab'; 'ecd'; 'a'; 'cee'; 'bb'; 'dab'; 'bcce'
    y = x.replace('a', 'c')
    return y + 'a'
exchange-b-for-e: 'ccb'; 'caca'; 'bcabb'; 'acc'; 'a'; 'e'; 'cce'; 'bdb'; 'bca'; 'b'
    y = x.replace('b', 'e')
    return y + 'b'
doubled-letters-before-b: 'ccab'; 'e'; 'bcba'; 'abba'; 'bbca'; 'bc'; 'ebad'; 'beda'; 'cc'; 'bca'
    y = ''
    for c in x:
        y += c + c
    return y + 'b'
doubled-letters-before-e: 'aec'; 'ec'; 'aa'; 'ca'; 'cca'; 'acbc'; 'decd'; 'cc'; 'dbe'; 'cba'
    y = ''
    for c in x:
        y += c + c
    return y + 'e'
mirror-around-e: 'acc'; 'b'; 'a'; 'dacb'; 'dc'; 'abb'; 'cdae'; 'c'; 'cdcd'; 'ebba'
    return x + 'e' + x[::-1]
mirror-around-b: 'cba'; 'bba'; 'ce'; 'deae'; 'ed'; 'bac'; 'ddbd'; 'abb'; 'aab'; 'bbc'
    return x + 'b' + x[::-1]
letters-in-order-b: 'abeac'; 'cbbaa'; 'caab'; 'ccc'; 'cacbb'; 'cbab'; 'cb'; 'aca'; 'cabaa'; 'ebb'
    y = ''
    for c in 'abc':
        y += c * x.count(c)
    return y + 'b'
letters-in-order-d: 'bbab'; 'cabbb'; 'cb'; 'aec'; 'cba'; 'acb'; 'aab'; 'eba'; 'bacbd'; 'bc'
    y = ''
    for c in 'abc':
        y += c * x.count(c)
    return y + 'd'
every-second-1-a: 'abb'; 'aaedc'; 'adeba'; 'aabbc'; 'bec'; 'bbcb'; 'cccab'; 'eacac'; 'caca'; 'aca'
    y = 'a'
    for i in range(len(x)):
        if i % 2 == 1:
            y += x[i]
    return y
every-second-0-a: 'db'; 'ba'; 'dedad'; 'ccbc'; 'bbca'; 'aac'; 'baa'; 'aaaca'; 'abba'; 'ae'
    y = 'a'
    for i in range(len(x)):
        if i % 2 == 0:
            y += x[i]
    return y
height-a-over-c-from-0: 'abc'; 'ccba'; 'ecaa'; 'aae'; 'dd'; 'abb'; 'baaaa'; 'bcc'; 'cc'; 'ca'
    y = 0
    for c in x:
        if c == 'a':
            y += 1
        if c == 'c':
            y = y - 1
    return y
height-a-over-d-from-0: 'deec'; 'cca'; 'bcb'; 'c'; 'ca'; 'bab'; 'dad'; 'be'; 'a'; 'acca'
    y = 0
    for c in x:
        if c == 'a':
            y += 1
        if c == 'd':
            y = y - 1
    return y
places-of-b-from-0: 'a'; 'dbbe'; 'bacc'; 'adcb'; 'cc'; 'abb'; 'aaa'; 'aca'; 'aab'; 'cb'
    y = []
    for i in range(len(x)):
        if x[i] == 'b':
            y.append(i)
    return y
places-of-a-from-2: 'bba'; 'cbb'; 'ed'; 'bca'; 'ccdb'; 'acab'; 'd'; 'db'; 'bcac'; 'cdd'
    y = []
    for i in range(len(x)):
        if x[i] == 'a':
            y.append(i + 2)
    return y
multiples-of-5-from-3: 2; -2; 3; 4; 6; 1; 0; 5; 8; -1
    y = []
    for i in range(x):
        y.append(5 * i + 3)
    return y
multiples-of-5-from-5: 4; -1; 2; 6; 3; 1; 0; 7; -2; 5
    y = []
    for i in range(x):
        y.append(5 * i + 5)
    return y
countdown-by-1-4: 3; 14; -1; 9; 2; -2; 0; 10; 18; 5
    y = []
    for i in range(4):
        y.append(x)
        x = x - 1
    return y
countdown-by-2-4: 8; 7; 2; -2; 19; 6; 5; 1; 11; 9
    y = []
    for i in range(4):
        y.append(x)
        x = x - 2
    return y
letter-tower-a-d: -2; 5; 8; 1; -1; 0; 2; 6; 7; 4
    return 'a' * x + 'd' * 1
letter-tower-c-d: 4; 6; 5; 8; 0; -2; 7; 1; -1; 2
    return 'c' * x + 'd' * 1
`;
