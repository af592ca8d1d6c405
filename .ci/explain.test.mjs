// What `explain` prints of ordinary programs, whole: no permission more than they need, no doubt and no warning.
// UPDATE=1 writes what it prints now.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const programs = join(root, '.ci/programs/ordinary');

const ordinary = readdirSync(programs).filter(name => !name.endsWith('.txt')).sort().map(name => join(programs, name));

for (const program of [...ordinary, join(root, 'examples/kotlin')]) {
  test(program, { timeout: 300_000 }, () => {
    const ran = spawnSync(join(root, 'pinion'), ['explain', program], { encoding: 'utf8' });
    const golden = join(programs, `${basename(program, '.java')}.txt`);
    if (process.env.UPDATE) writeFileSync(golden, ran.stdout);
    assert.doesNotMatch(ran.stderr, /error:|\bwarning:/);
    assert.equal(ran.stdout, readFileSync(golden, 'utf8'));
    assert.equal(ran.status, 0);
  });
}

// Few programs have a doubt, so that the code behind it is not in the JVM's cache, and has to be linked then.
test('a doubt is told where the JVM has never seen one', { timeout: 300_000 }, () => {
  const shelf = join(root, '.ci/programs/Shelf.java');
  const ran = spawnSync(join(root, 'pinion'), ['explain', '--no-cache', shelf], { encoding: 'utf8' });
  assert.match(ran.stdout, /by a name that is not a constant, or none of its indexes \(byAuthor\)/);
  assert.doesNotMatch(ran.stderr, /error/);
  assert.equal(ran.status, 0);
});
