import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Press, SHORTCUTS, shortcutOf } from './shortcuts.ts';

const FREE: Omit<Press, 'key'> = {
  isCombined: false,
  isRepeated: false,
  isTyping: false,
  takesSpace: false,
  takesArrows: false,
};

test('every key of the list does what it says, with and without Caps Lock', () => {
  for (const { name, key } of SHORTCUTS) {
    for (const pressed of [key, key.toUpperCase()]) {
      expect(shortcutOf({ ...FREE, key: pressed })).toBe(name);
    }
  }
});

test('no key does anything in a field, held down, or together with Control, and Space or an arrow nothing where it is used', () => {
  const anyPress = fc.record({
    key: fc.oneof(fc.constantFrom(...SHORTCUTS.map(({ key }) => key)), fc.string()),
    isCombined: fc.boolean(),
    isRepeated: fc.boolean(),
    isTyping: fc.boolean(),
    takesSpace: fc.boolean(),
    takesArrows: fc.boolean(),
  });
  fc.assert(
    fc.property(anyPress, (press) => {
      const asked = shortcutOf(press);
      if (press.isCombined || press.isRepeated || press.isTyping) expect(asked).toBeNull();
      if (press.key === ' ' && press.takesSpace) expect(asked).toBeNull();
      if (press.key.startsWith('arrow') && press.takesArrows) expect(asked).toBeNull();
    }),
  );
});
