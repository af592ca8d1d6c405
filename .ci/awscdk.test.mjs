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
