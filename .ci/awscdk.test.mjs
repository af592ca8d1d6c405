// Every example as a cloud assembly: cfn-lint finds nothing in it, and its functions get the very zip of tf-aws.

import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { command, root } from './terraform.mjs';

const work = mkdtempSync(join(tmpdir(), 'pinion-awscdk-'));
after(() => rmSync(work, { recursive: true }));

const examples = readdirSync(join(root, 'examples')).filter(name => existsSync(join(root, 'examples', name, 'pom.xml')));
const programs = examples.map(name => {
  const folder = join(root, 'examples', name);
  return join(folder, readdirSync(folder).find(file => file.endsWith('.java')));
});

/** What cfn-lint finds, without dependencies that CDK writes although a reference implies them. */
function lint(template) {
  const found = JSON.parse(command(process.env.CFN_LINT, ['--format', 'json', '--non-zero-exit-code', 'none', template]));
  const resources = JSON.parse(readFileSync(template, 'utf8')).Resources;
  return found.filter(each => {
    const type = resources[each.Location.Path?.[1]]?.Type;
    // A function depends on its role, so that policies which are attached later are there first; a deployment on its API.
    const double = ['AWS::Lambda::Function', 'AWS::ApiGatewayV2::Deployment'].includes(type);
    return !(each.Rule.Id === 'W3005' && each.Location.Path[2] === 'DependsOn' && double);
  });
}

for (const source of [...programs, join(root, '.ci/programs/Odd.java')]) {
  const name = source.slice(source.lastIndexOf('/') + 1).replace('.java', '');
  test(name, () => {
    const [assembly, module] = [join(work, name, 'awscdk'), join(work, name, 'tf-aws')];
    command(join(root, 'pinion'), ['compile', '-t', 'awscdk', source, '--out', assembly]);
    command(join(root, 'pinion'), ['compile', '-t', 'tf-aws', source, '--out', module]);
    assert.deepEqual(lint(join(assembly, `${name}.template.json`)), []);
    const assets = readdirSync(assembly).filter(file => file.startsWith('asset.'));
    assert.equal(assets.length, 1);
    assert.ok(readFileSync(join(assembly, assets[0])).equals(readFileSync(join(module, 'function.zip'))));
  });
}

/** The commands of the guide, each on one line. */
const guide = [...readFileSync(join(root, 'docs/deploy-cdk.md'), 'utf8').matchAll(/```sh\n([^]*?)```/g)]
  .flatMap(block => block[1].replaceAll('\\\n', '').split('\n')).filter(Boolean);

test('the guide, command by command', () => {
  const compiled = new Map();
  for (const line of guide) {
    const [program, ...args] = line.trim().split(/\s+/);
    const path = args.find(each => each.startsWith('examples/'));
    if (!path) continue;
    if (program === './pinion') {
      command(join(root, 'pinion'), args.map(each => (each === path ? join(root, path) : each)));
      const folder = join(root, path.slice(0, path.lastIndexOf('/')), 'target/awscdk');
      const template = readdirSync(folder).find(name => name.endsWith('.template.json'));
      compiled.set(folder, JSON.parse(readFileSync(join(folder, template), 'utf8')));
    } else {
      // cdk needs an account: what it is given must be what the assembly of the line before takes.
      const { Parameters = {} } = compiled.get(join(root, path)) ?? assert.fail(`${path} was compiled before: ${line}`);
      const given = line.includes(' deploy ') ? args.filter((_, i) => args[i - 1] === '--parameters') : undefined;
      if (!given) continue;
      for (const [name, value] of given.map(each => each.split('='))) {
        assert.ok(Parameters[name], `${name} is a parameter of ${path}`);
        assert.ok(value.includes('…') || new RegExp(Parameters[name].AllowedPattern ?? '').test(value), line);
      }
      const needed = Object.keys(Parameters).filter(name => Parameters[name].Default === undefined);
      assert.deepEqual(needed.filter(name => !given.some(each => each.startsWith(`${name}=`))), []);
    }
  }
  assert.ok(compiled.size >= 2, [...compiled.keys()].join());
});
