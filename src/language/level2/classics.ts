/**
 * The hand-written suite: small functions that everybody knows, with constants chosen so that what they do is of
 * the held-out class. Nothing that acts like one of them is ever trained on.
 * Level 2: lists and strings. How it is written: handwritten.ts.
 */
export const CLASSICS = `
rotate-left-4: [0, 5]; [9, 2, 2, 7]; [12, 8]; [5, 2]; [-5, 4]; [8, 4, 4]; [6]; [4, 3]; [1]; [9, 5]
    y = x + [6]
    return y[4:] + y[:4]
rotate-left-3: [3, 4, 6]; [4, 2]; [9, 3, 4]; [5]; [2, 3, 9, 2, 7]; [5, 4, 1]; [7, 3, 0, 9, -9]; [4, -4, -2]; [0, 2]; [7]
    y = x + [5]
    return y[3:] + y[:3]
keep-unlike-4: [1, 3, 2, 9]; [6, 0, 8, 0]; [1, 7, 10]; [8, 3, -4, 2]; [-3, 3, -8]; [11, -2, 5]; [8, 3, 7, -8]; [8, 0, 3]; [3, 2]; [6, 5, 5, 4]
    y = []
    for v in x:
        if v != 4:
            y.append(v)
    return y
keep-unlike-0: [0, 2, -4, 8]; [9, -6, 9, 4]; [5]; [1, 8, 8, 11, 9]; [9, 5, 2, 4]; [2, -5]; [9, 9, 8, 3]; [7, 6]; [8, 6]; [0, 3]
    y = []
    for v in x:
        if v != 0:
            y.append(v)
    return y
reverse-then-append-14: [4, 5, 8]; [5, 6]; [2, 5, 4, 5, 8]; [1, 10, 3]; [2]; [2, 1, 7, 9]; [10]; [3, 8, 2]; [-5, 1, 3]; [2, 7, 12]
    y = x[::-1]
    return y + [14]
count-remainder-1-of-4: [4, 0, 3, 6, 2]; [0, 9, 7]; [8, 0]; [8, 3]; [1, -7]; [3, 5, 1]; [1, -1]; [8, 4]; [1, 6]; [-4, 7, 8, 4]
    y = 0
    for v in x:
        if v % 4 == 1:
            y += 1
    return y
count-remainder-1-of-2: [7, 6, 6, 7]; [9, 1]; [9, 0, -3, 0]; [0, 6, 1]; [4, -5, 8, 4]; [1, 2, 1, 7, 8]; [5, 5, 2, 8]; [0, 3, 2, 5, 5]; [8, 2]; [6, 9]
    y = 1
    for v in x:
        if v % 2 == 1:
            y += 1
    return y
no-equal-neighbours-0: [0, -1, 7]; [1, 2]; [4, 4]; [3, 2, 5]; [8, 4]; [4, 7, 3, 7]; [7, 2]; [11, 9, 9, 8]; [9, 4, 9, 9, 7]; [2, 0, 5]
    y = [0]
    for v in x:
        if v != y[-1]:
            y.append(v)
    return y
largest-so-far-from-1: [12, 2, 4]; [2, -5, 2]; [9, 1, 2]; [5, 8, 0]; [5, 3]; [-5, 5, 5, 2]; [10, 7, 1]; [1, 1]; [0, 11, 4, 1]; [4, 9]
    y = []
    z = 1
    for v in x:
        z = max(z, 2 * v)
        y.append(z)
    return y
largest-so-far-from-2: [3, 0, 9, 0]; [9, 2]; [4, -8, 5, 5, 9]; [7, -1, 6, 9]; [8, 9, 4]; [-1, 3, 3, 9]; [7, 4, 6]; [5, 1, 8, 5]; [9, 7, 6, 7]; [2, 2, 2, 7]
    y = []
    z = 2
    for v in x:
        z = max(z, 3 * v)
        y.append(z)
    return y
maximum-times-2: [6, 8, 1]; [9, 12]; [6, 3]; [6, 7, 4, 7]; [0, 4]; [1]; [-4, 0, 4]; [6, 7, 2]; [1, 2, 6]; [1, 1, 8, 0]
    y = max(x)
    return 2 * y
maximum-times-3-plus-3: [1, 0, 2]; [-2, 0]; [-7, 1, 3]; [3, 1, 1]; [4, 0]; [8, 6, 7, 1]; [3, -6]; [-2, 3]; [-2, 3, 10, 3]; [4, 3, 0]
    y = max(x)
    return 3 * y + 3
interleave-with-reverse-times-2-plus-8: [0, 2]; [5, 8, 5, 4]; [6, 5, 9, 5]; [9, 1, 9, 5]; [10, 2]; [8, 4, 5]; [5, 0, 7, 5]; [9, 3, 3]; [-3, -8, -1]; [0, 1]
    y = []
    z = x[::-1]
    for i in range(len(x)):
        y += [2 * x[i], z[i] + 8]
    return y
interleave-with-reverse-times-4-plus-4: [7, 7, 2]; [5, 5]; [5]; [4, 7, 2]; [2, 1]; [7, 3, 3, 3]; [9, 0, 5]; [2, 2, 8]; [4, 2, 4]; [3, 3, 5]
    y = []
    z = x[::-1]
    for i in range(len(x)):
        y += [4 * x[i], z[i] + 4]
    return y
neighbour-sums: [1, 0, 9]; [9, 2, -7]; [-5, 8]; [6]; [2, 2, 5, 0]; [5, 1]; [1, 4]; [9]; [-5]; [8, 2]
    y = []
    for i in range(len(x) - 1):
        y.append(x[i] + x[i + 1])
    return y
neighbour-sums-plus-5: [9, 4, 8, 3, 2]; [6, 5, -1]; [9, 9, 2, 1]; [5, 9]; [6, -7, -6]; [1, 9]; [1, 1, 5, 1]; [5, 1, 6]; [2, 8, 7]; [2, 1]
    y = []
    for i in range(len(x) - 1):
        y.append(2 * x[i] + x[i + 1] + 5)
    return y
alternating-sum-from-20: [8, 2]; [7, 3, 1]; [3, 2, 4, -2]; [9, 6]; [2, 4, 8, 7]; [0, 7, 1, 2]; [4]; [9, 8]; [9, 12, 0, 1]; [7, 8, 4, 10]
    y = 20
    for v in x:
        y = v - y
    return y
alternating-sum-from-7: [3, 5, 6]; [5, 2, 8]; [9, -9, 1]; [9, 1, 5, 8]; [7, 0, 9]; [4, 3, 3]; [5, 1, 2]; [4, 3, 5]; [-7, 6, 6]; [9, 6, 2]
    y = 7
    for v in x:
        y = v - y
    return y
number-of-digits-base-9: [3, 7]; [0, 8, 3]; [9, 8]; [8, -4]; [8]; [0, 9, 7]; [8, 3]; [2, 0]; [7, 4]; [7, 1]
    y = 0
    for v in x:
        y = 9 * y + v
    return y
number-of-digits-base-5: [3, 4]; [1, 2]; [8]; [7, 0]; [8, 9]; [-6, 5, 3]; [6, 2]; [5, 8]; [0, 8]; [1, -3]
    y = 1
    for v in x:
        y = 5 * y + v
    return y
partition-around-2: [2, 7, -7]; [8, 4, 11]; [-4, -3]; [7, 0, 2]; [5, 7, 9, 0]; [2, 0, 2]; [4, 6, 5, 2]; [-8, 0]; [-8, 1, 0]; [7, 0, 7, 2]
    y = []
    z = []
    for v in x:
        if v < 2:
            y.append(v)
        else:
            z.append(v)
    return y + z
insert-20-sorted: [2, 4]; [3, 0, 2]; [5, 9, 7]; [8, 1, 3, 7]; [-2, 9]; [9, 8]; [5]; [4, 2, 8]; [0, 7, -7]; [7, 0]
    y = x + [20]
    return sorted(y)
median-with-3-and-5: [6, 0, 8]; [0, 8, 2, 1]; [2]; [4, 6, 8]; [8, 3, 7, 4, 0]; [9]; [7, 9]; [6, 4, 2]; [1, 9, 0]; [7, 9, 8, 2]
    y = sorted(x + [3, 5])
    z = len(y) // 2
    return y[z]
two-largest-plus-4: [1, 7, 1, 3]; [4]; [8, 7]; [6, 5, 9]; [3]; [-8, 9, 6, 9]; [4, 5, 7, 0]; [3, 8, 6]; [0, 2, 9]; [9, 0, 9, 5]
    y = sorted(x)
    return sum(y[-3:]) + 4
two-largest-plus-1: [5, 7, 0, 4]; [5, 2, 8]; [1, 3, 3, 9]; [9, 2]; [3, 0, 6, 5]; [0, 1, 6, -5]; [5, 3, 1, 12]; [5, 5, 9, 0, 2]; [0, 8]; [11, 4, 3]
    y = sorted(x)
    return sum(y[-3:]) + 1
longest-run-above-plus-6: [7]; [2, 1, 2]; [9, 8, 2]; [6, 8]; [3, 9, 1]; [0, 7, 8]; [9, 9]; [6, 1, 5, 5, 5]; [4, 3, 2]; [-1, 6]
    y = 1
    z = 1
    for i in range(len(x) - 1):
        if x[i] > x[i + 1]:
            z += 1
        else:
            z = 1
        y = max(y, z)
    return y + 6
longest-run-above-plus-7: [-3, 3]; [0, 1, 3]; [0, 2, 7, 5, 4]; [2, 1]; [2]; [3, 0]; [3, 6, 1]; [-4, 0]; [3, 1, 0, 5]; [5, 6]
    y = 1
    z = 1
    for i in range(len(x) - 1):
        if x[i] > x[i + 1]:
            z += 1
        else:
            z = 1
        y = max(y, z)
    return y + 7
run-lengths-2-1: [8, 9, 4, -5]; [3, 5, 6]; [5, 7, 0, 8]; [5, 4, 6]; [5, 5, 4]; [-8, 4, -7, 5, 6]; [3]; [9, 10]; [5, 3]; [5, 2]
    y = []
    z = 2
    for i in range(len(x) - 1):
        if x[i] == x[i + 1]:
            z += 1
        else:
            y.append(z)
            z = 1
    return y + [z]
run-lengths-2-3: [1, 2]; [10, 9, 2, 5]; [4, 7]; [8, 7, 11, 5]; [7, 5]; [6, 0, 8]; [1, -4, 8, 2]; [8, 7, 5, 8]; [2, 9, 7]; [1, 6]
    y = []
    z = 2
    for i in range(len(x) - 1):
        if x[i] <= x[i + 1]:
            z += 1
        else:
            y.append(z)
            z = 3
    return y + [z]
pad-to-5-with-2: [7, 3, 7]; [2, 5, 2, 1]; [1, 7, 1, 8]; [-9, 0, 6, 4]; [6, 0]; [9, 6, 9]; [7, 0, -7]; [4, -3, 5, 0]; [5, 0, 8, -7]; [5, 6, 2, 3]
    y = x
    for i in range(5):
        if len(y) < 5:
            y = y + [2]
    return y
pad-to-3-with-0: [5, 7, 5, 9, 6]; [8, 10, 5, 8]; [6, 1, 2, 9]; [7, 9, 3, 2]; [8, 9, 0, 6, 6]; [3, 2]; [1, 4, 2]; [8, 3]; [5, 3, 9]; [8]
    y = x
    for i in range(3):
        if len(y) < 3:
            y = y + [0]
    return y
at-most-2-each-times-3: [7, 9, 6]; [0, 0]; [3, 8, 9]; [0, 6, 1]; [2, 4, 7]; [8, 5]; [6]; [4, 3, 1]; [6, 4, 3, 2]; [7, 12]
    y = []
    for v in x:
        y.append(3 * min(v, 2))
    return y
at-most-5-each: [7, 5, 3]; [2, 8, 4, 8, 4]; [9, 2]; [4, 2, 1, 7, 2]; [-6, 5, 3, 4, 8]; [2, 3, 6]; [1, 3]; [9, 9, 7, 3]; [7, 3, -4, 0, 3]; [4, 9, 7]
    y = []
    for v in x:
        y.append(min(v, 5))
    return y
scale-3-shift-5: [5, -7, 1]; [1, 5, 0, -3]; [4, 7, 8]; [1, 8, 4]; [3, 6, -7]; [3, 0, 3, 7]; [2, 6]; [1]; [9]; [-6]
    y = []
    for v in x:
        y.append(3 * v + 5)
    return y
scale-2-shift-1: [1, 7, 5, 8]; [4, 1, 9, 1]; [9, 5]; [5, -8, 0]; [3, 9, 9, 7]; [5, 1, -6, 2]; [0, 9, 8, 8]; [4, 5, 9, 9]; [1, 0, -1]; [5, 0, 7]
    y = []
    for v in x:
        y.append(2 * v + 1)
    return y
last-place-of-4: [6, 4]; [0, 6, 3]; [2, 9, -2]; [2, 4, 1, -5]; [-1, 7, 7, -3]; [1, 1, 5, 6]; [2, -1, 1]; [0, 4, 1, 0]; [4, 1, 8, 1]; [2, 8, 9, 0]
    y = 0
    for i in range(len(x)):
        if x[i] == 4:
            y = i
    return y
last-place-of-7-plus-5: [6, 7]; [11, 3, 1, 7, -9]; [1, 3, 1]; [1]; [8]; [9]; [5, 9, 7, 5]; [5]; [4, 7, 5, 0]; [7, 1, 2, 7]
    y = 0 - 5
    for i in range(len(x)):
        if x[i] == 7:
            y = i + 5
    return y
separate-by-7: [0, 9, -2]; [2, 7, 2, 1]; [11, 4, 6]; [4, 6]; [-8, 8, 0]; [-3, 4, -7, 1]; [7, 2, 7, 4]; [5]; [0, 9, 2]; [5, 3]
    y = []
    for v in x:
        y += [v, 7]
    return y
separate-by-18: [8, 0, 8, 9]; [1, 0]; [0, 0, 11, 3]; [5]; [3, 1]; [2, 0, 8]; [-5, 12]; [8, 7]; [-4, 8, 2, 7]; [3, 11, 12]
    y = []
    for v in x:
        y += [v, 18]
    return y
checksum-modulo-7: [4, -7, 3]; [0, 3, 1, 8]; [9, -7, 7, 0]; [4, 5, 4, 4]; [3, -5, 3, 8]; [4, 3, 12]; [5]; [9, -9, 4]; [0, 6, 7, 5, 2]; [-4, 5, 0, 0]
    y = sum(x)
    return (2 * y + len(x)) % 7
checksum-modulo-4: [-4]; [1, -6, 4, 8]; [0, 12, 9]; [0]; [4, 6]; [5, 3, 9]; [-8]; [5, 5]; [2, 4, 1, 6]; [5, 8]
    y = sum(x)
    return (3 * y + len(x)) % 4
best-run-from-2: [7, 4, 7, 5]; [8, 6, 7, -3]; [-1, 4]; [12, 8, 5, 8]; [1, 9, 2, 3]; [2, 2, 9, 4, 9]; [5, 3, 7]; [8, 3, 8]; [7, 7, -3, 5]; [6, 5, 6, 7]
    y = 0
    z = 2
    for v in x:
        y = max(y + v - 2, 0)
        z = max(z, y)
    return z
best-run-from-1: [7, 3]; [5, 3, 2]; [4, 3, 1]; [9, 8, 3, 5]; [4, 8, 7, 4]; [7, 0, 7]; [8, 2, 9]; [4, 9, 1, 9]; [11, 4, 6]; [4, 6, 8]
    y = 0
    z = 1
    for v in x:
        y = max(y + v - 3, 0)
        z = max(z, y)
    return z
votes-above-0: [7, 2, 3, 2]; [3]; [3, 5]; [9, 4, -1, 7]; [7, 1]; [5]; [6, 9, 4, 3, -9]; [7, 0]; [7, 2]; [9, 7]
    y = 0
    for v in x:
        if v > 0:
            y += 1
        else:
            y = y - 1
    return y
votes-above-2: [7, 8, 7, 4]; [6, 0, 3]; [1]; [6, 2, 9]; [1, 4, 4]; [5]; [8, 6]; [6, 1, -1, 1]; [0]; [4, 6, 1]
    y = 1
    for v in x:
        if v > 2:
            y += 1
        else:
            y = y - 1
    return y
first-seen-only-up-to-2: [8, 7]; [-4, 12, 4]; [-9, 5, 6]; [1, 6, 6]; [3, 5, -1]; [9]; [2, 5, 0, 9]; [11, 0]; [3, 8, 7, 7]; [8, 9, 7, 7, -6]
    y = [5]
    for v in x:
        if y.count(v) < 2:
            y.append(v)
    return y
first-seen-only-up-to-1: [3, 8, 4, 2]; [7, 1, 0]; [7, 2, 8, 9, 7]; [7, -5]; [6, 6]; [-4]; [3, 2, 6]; [6]; [2, 3]; [2]
    y = [4]
    for v in x:
        if y.count(v) < 1:
            y.append(v)
    return y
sum-of-products-plus-4: [3]; [1, 3, 1, 0]; [1, 3]; [1, 3, 1]; [-1, 2, 9, 8]; [4, -2, 3, 8, 6]; [2, 3, -7]; [8, 5, -4]; [5]; [4, 5, 4]
    y = 4
    for i in range(len(x) - 1):
        y += (x[i] - 2) * x[i + 1]
    return y
sum-of-products-plus-5: [0, 10, 3]; [2, 6]; [1]; [9, 8]; [-6, 2, 2, 7, 3]; [1, 9, -6]; [7, 7, 7]; [6, 2]; [8, -5, -4]; [5, 2, 9]
    y = 5
    for i in range(len(x) - 1):
        y += (x[i] - 3) * x[i + 1]
    return y
pig-latin-da: 'cc'; 'ccdae'; 'ca'; 'bc'; 'c'; 'edbe'; 'a'; 'daa'; 'aac'; 'acbc'
    return x[1:] + x[:1] + 'da'
pig-latin-dc: 'eccd'; 'cec'; 'dec'; 'babbb'; 'dace'; 'dad'; 'ada'; 'cbaa'; 'bbeb'; 'acbc'
    return x[1:] + x[:1] + 'dc'
without-letter-e-then-a: 'bb'; 'eadcb'; 'cbca'; 'ed'; 'cab'; 'bbbb'; 'aab'; 'bc'; 'acb'; 'ede'
    y = ''
    for c in x:
        if c != 'e':
            y += c
    return y + 'a'
without-letter-c-then-abc: 'cac'; 'cc'; 'cedee'; 'bed'; 'aba'; 'eab'; 'ababc'; 'acecb'; 'cca'; 'cba'
    y = ''
    for c in x:
        if c != 'c':
            y += c
    return y + 'abc'
no-doubled-letters-c: 'caccc'; 'bcb'; 'ee'; 'bbbac'; 'abb'; 'ccc'; 'ba'; 'caaac'; 'ccab'; 'aac'
    y = 'c'
    for c in x:
        if c != y[-1]:
            y += c
    return y
histogram-of-cac: 'cab'; 'ba'; 'acc'; 'aa'; 'aab'; 'eedc'; 'bbd'; 'bbcca'; 'a'; 'bbab'
    y = []
    for c in 'cac':
        y.append(x.count(c))
    return y
histogram-of-aca: 'acc'; 'bcccc'; 'ccc'; 'accac'; 'bbba'; 'ccb'; 'ab'; 'ccaaa'; 'bcbe'; 'ababb'
    y = []
    for c in 'aca':
        y.append(x.count(c))
    return y
turn-first-3-before-a: 'cc'; 'abb'; 'aac'; 'aeda'; 'abab'; 'bccb'; 'ed'; 'aca'; 'bca'; 'cab'
    y = x[:3]
    return y[::-1] + x[3:] + 'a'
turn-first-2-before-b: 'cad'; 'dbdb'; 'cbbc'; 'daceb'; 'bab'; 'ecb'; 'bc'; 'bcba'; 'aaccb'; 'cc'
    y = x[:2]
    return y[::-1] + x[2:] + 'b'
single-letters-and-e: 'cca'; 'c'; 'ebdca'; 'abca'; 'baac'; 'aab'; 'cc'; 'cacc'; 'bbc'; 'adcad'
    y = 'e'
    for c in x:
        if x.count(c) == 1:
            y += c
    return y
longest-run-of-a-plus-7: 'babbb'; 'bacb'; 'acbb'; 'cd'; 'abaaa'; 'bcb'; 'bacc'; 'bbb'; 'b'; 'bbbac'
    y = 0
    z = 0
    for c in x:
        if c == 'a':
            y += 1
        else:
            y = 0
        z = max(z, y)
    return z + 7
letters-below-b-twice: 'bbccb'; 'bed'; 'abc'; 'caccc'; 'cdcb'; 'abedb'; 'abbcb'; 'bdcac'; 'acc'; 'eeb'
    y = 'a'
    for c in x:
        if c < 'b':
            y += c + c
        else:
            y += c
    return y
letters-equal-d-twice: 'eeaad'; 'ed'; 'cbb'; 'baa'; 'bbb'; 'cbed'; 'b'; 'dbcbb'; 'aae'; 'bc'
    y = 'a'
    for c in x:
        if c == 'd':
            y += c + c
        else:
            y += c
    return y
lucky-b-counts-7: 'dc'; 'bab'; 'b'; 'cab'; 'cbbc'; 'eca'; 'bca'; 'bbbb'; 'eaee'; 'bb'
    y = len(x)
    if 'b' in x:
        y = 7 * y
    return y
lucky-c-counts-2: 'c'; 'ccbba'; 'cac'; 'ababa'; 'ac'; 'bbcca'; 'acb'; 'bc'; 'db'; 'a'
    y = len(x) + 1
    if 'c' in x:
        y = 2 * y
    return y
digits-base-7-4: 11; 16; 8; 1; -1; -2; 10; 4; 3; 2
    y = []
    x = x + 3
    for i in range(4):
        y = [x % 7] + y
        x = x // 7
    return y
digits-base-5-3: 8; 1; 4; 6; 0; 9; -1; 5; 18; 13
    y = []
    x = x + 5
    for i in range(3):
        y = [x % 5] + y
        x = x // 5
    return y
collatz-path-5: 2; -2; 8; -1; 4; 6; 1; 0; 20; 10
    y = [x]
    for i in range(5):
        if x % 2 == 0:
            x = x // 2
        else:
            x = 2 * x + 1
        y.append(x)
    return y
collatz-path-2: 2; 5; 3; 4; 6; 8; 9; 7; 12; 0
    y = [x]
    for i in range(2):
        if x % 2 == 0:
            x = x // 2
        else:
            x = 2 * x + 1
        y.append(x)
    return y
row-of-a-then-c: 6; 7; 0; 4; 9; -2; 3; 5; -1; 2
    y = 'c'
    for i in range(x):
        y = 'a' + y
    return y
`;
