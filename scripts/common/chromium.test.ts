import { expect, test } from 'vitest';
import { installCommand, type System } from './chromium.ts';

const DEBIAN: System = { platform: 'linux', managers: ['apt-get'], distribution: 'debian', isRoot: false };

test.each<[string, Partial<System>]>([
  ['sudo apt-get update && sudo apt-get install -y chromium', {}],
  ['apt-get update && apt-get install -y chromium', { isRoot: true }],
  ['npx playwright install --with-deps chromium', { distribution: 'ubuntu' }],
  ['sudo dnf install -y chromium', { managers: ['dnf'], distribution: 'fedora' }],
  ['sudo pacman -Sy --noconfirm chromium', { managers: ['pacman'], distribution: 'arch' }],
  ['apk add chromium', { managers: ['apk'], distribution: 'alpine', isRoot: true }],
  ['npx playwright install chromium', { managers: [], distribution: 'nixos' }],
  ['npx playwright install chromium', { platform: 'darwin', managers: [] }],
  ['npx playwright install chromium', { platform: 'win32', managers: [] }],
])('a system is told its own command: %s', (command, system) => {
  expect(installCommand({ ...DEBIAN, ...system })).toBe(command);
});
