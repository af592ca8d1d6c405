// Every example as a cloud assembly: cfn-lint finds nothing in it, and its functions get the very zip of tf-aws.

import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { Assembly } from './cloudformation.mjs';
import { command, root } from './terraform.mjs';
import { shop, upgrades } from './upgrades.mjs';

const work = mkdtempSync(join(tmpdir(), 'pinion-awscdk-'));
after(() => rmSync(work, { recursive: true }));

// Those in Java; only Maven compiles the one in Kotlin.
const examples = readdirSync(join(root, 'examples'))
  .filter(name => name !== 'kotlin' && existsSync(join(root, 'examples', name, 'pom.xml')));
const programs = examples.map(name => {
  const folder = join(root, 'examples', name);
  return join(folder, readdirSync(folder).find(file => file.endsWith('.java')));
});

/** What cfn-lint finds, without dependencies that CDK writes although a reference implies them. */
function lint(template) {
  const found = JSON.parse(command(process.env.CFN_LINT, ['--format', 'json', '--non-zero-exit-code', 'none', template]));
  const { Resources: resources, Parameters: parameters } = JSON.parse(readFileSync(template, 'utf8'));
  return found.filter(each => {
    const type = resources[each.Location.Path?.[1]]?.Type;
    // A function depends on its role, so that policies which are attached later are there first; a deployment on its API.
    const double = ['AWS::Lambda::Function', 'AWS::ApiGatewayV2::Deployment'].includes(type);
    // What has an empty parameter is not there, by a condition.
    const empty = each.Rule.Id === 'W1030' && parameters[/'Ref': '(\w+)'/.exec(each.Message)?.[1]]?.Default === '';
    return !empty && !(each.Rule.Id === 'W3005' && each.Location.Path[2] === 'DependsOn' && double);
  });
}

for (const source of [...programs, join(root, '.ci/programs/Odd.java'), join(root, '.ci/programs/Operated.java')]) {
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
    if (program === './pinion' && ['deploy', 'diff', 'destroy', 'logs'].includes(args[0])) {
      continue; // these need an account too
    }
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

describe('an upgrade', () => {
  const assemblies = new Map();

  function assembly(parts) {
    const source = shop(parts);
    if (!assemblies.has(source)) {
      const folder = join(work, `upgrade-${assemblies.size}`);
      mkdirSync(folder);
      writeFileSync(join(folder, 'Shop.java'), source);
      command(join(root, 'pinion'), ['compile', '-t', 'awscdk', join(folder, 'Shop.java'), '--out', join(folder, 'out')]);
      assemblies.set(source, new Assembly(join(folder, 'out')));
    }
    return assemblies.get(source);
  }

  for (const { name, before, after: parts, order, refused, variable, keeps, stated, nothing } of upgrades) {
    test(name, () => {
      const previous = assembly(before);
      const next = assembly(parts);
      // Other keys are refused by a rule; a table that is no longer there is kept, outside the stack.
      const keys = /table_generations={(\w+)/.exec(variable)?.[1];
      const parameters = Object.keys(next.template.Parameters).filter(each => each.startsWith(`App${keys}Keys`));
      assert.equal(next.refusals(previous).length, keys ? 1 : 0);
      if (keys) assert.match(next.refusals(previous)[0], refused);
      const allowed = parameters.map(each => [each, next.template.Parameters[each].Default]);
      assert.deepEqual(next.refusals(previous, Object.fromEntries(allowed)), []);
      const steps = next.steps(previous);
      const done = steps.map(each => each.step);
      assert.deepEqual(done.filter(each => each.startsWith('delete aws_dynamodb_table')), [], 'tables are kept');
      for (const [first, second] of order.filter(pair => !pair[1].source.startsWith('delete aws_dynamodb_table'))) {
        const firsts = steps.filter(each => first.test(each.step));
        const seconds = steps.filter(each => second.test(each.step));
        assert.ok(firsts.length > 0 && seconds.length > 0, `${first} and ${second} are in\n${done.join('\n')}`);
        for (const one of firsts) {
          for (const other of seconds) assert.ok(next.inOrder(one, other), `${one.step} before ${other.step}`);
        }
      }
      if (nothing) assert.deepEqual(done, []);
      if (keeps) assert.deepEqual(done.filter(each => !each.startsWith('create') && !each.startsWith('update') && keeps.test(each)), []);
      if (stated) assert.ok(stated(Object.values(next.resources)));
    });
  }
});
