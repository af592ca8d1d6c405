// Every example, compiled, in OpenTofu: alone, twice as a module under two prefixes, and as a second version over the first.

import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { command, Configuration, given, root, tf } from './terraform.mjs';
import { shop, upgrades } from './upgrades.mjs';

const work = mkdtempSync(join(tmpdir(), 'pinion-terraform-'));
after(() => rmSync(work, { recursive: true }));

// Those in Java; only Maven compiles the one in Kotlin.
const examples = readdirSync(join(root, 'examples'))
  .filter(name => name !== 'kotlin' && existsSync(join(root, 'examples', name, 'pom.xml')));

/** The actions that AWS allows for all resources only, as X-Ray's traces are no resources. */
const unscoped = ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'];

function program(example) {
  const folder = join(root, 'examples', example);
  return join(folder, readdirSync(folder).find(file => file.endsWith('.java')));
}

function compile(source, out) {
  command(join(root, 'pinion'), ['compile', '-t', 'tf-aws', source, '--out', out]);
  return new Configuration(out);
}

/** The program with one more line at the beginning of its handlers. */
function changed(example, line) {
  const source = program(example);
  const text = readFileSync(source, 'utf8');
  const handler = /^    (\w+)\.on(Authorize|Connect|Disconnect|Message|Route|Request)\(/m.exec(text);
  assert.ok(handler, `${source} declares handlers of a WebSocket`);
  const at = handler.index;
  const folder = mkdtempSync(join(work, `${example}-changed-`));
  const file = join(folder, source.slice(source.lastIndexOf('/') + 1));
  writeFileSync(file, `${text.slice(0, at)}    ${line.replace('ws.', `${handler[1]}.`)}\n${text.slice(at)}`);
  return file;
}

/**
 * A policy without what parliament reads wrongly: it splits ARNs at colons, which the times in those of streams have, and for
 * ListStreams it wants all resources, where AWS's guide names the streams of a table.
 */
function readable(policy) {
  const { Version, Statement } = JSON.parse(policy.replace(/(\/stream\/[\d-]+T)[\d:.]+/g, '$1'));
  return JSON.stringify({ Version, Statement: Statement.filter(({ Action }) => `${Action}` !== 'dynamodb:ListStreams') });
}

/** Every policy of a role is without a finding of parliament's. */
function lint(configuration) {
  const folder = mkdtempSync(join(work, 'policies-'));
  const policies = configuration.existing().get('aws_iam_role_policy');
  policies.forEach((each, i) => {
    for (const { Action, Resource } of JSON.parse(each.policy).Statement) {
      if ([Resource].flat().includes('*')) assert.deepEqual([Action].flat().filter(action => !unscoped.includes(action)), [], each.policy);
    }
    writeFileSync(join(folder, `${i}.json`), readable(each.policy));
  });
  assert.equal(command(process.env.PARLIAMENT, ['--directory', folder]), '');
}

/** A module by itself, from nothing to nothing. */
function alone(source, folder) {
  const module = compile(source, folder);
  module.apply();
  lint(module);
  const outputs = module.outputs();
  for (const each of Object.values(outputs.websockets.value)) {
    assert.match(each.url, /^wss:\/\/[0-9a-f]{10}\.execute-api\.eu-west-1\.amazonaws\.com\/(prod|test_1-2)$/);
    assert.equal(each.callback_url, each.url.replace('wss:', 'https:'));
  }
  const functions = module.existing().get('aws_lambda_function');
  const names = new Set(Object.values(outputs.functions.value).map(each => each.name));
  assert.deepEqual([...names].sort(), functions.map(each => each.function_name).sort());
  const values = functions.flatMap(each => Object.values(JSON.parse(each.environment[0].variables.PINION_CONFIG)));
  assert.ok(values.every(value => Object.values(given).includes(value)), values.join());
  module.destroy();
  assert.deepEqual([...module.existing()], []);
}

test('names that something could trip over', () => {
  const folder = join(work, 'odd');
  alone(join(root, '.ci/programs/Odd.java'), folder);
  const module = new Configuration(folder);
  module.apply();
  const keys = module.existing().get('aws_apigatewayv2_route').map(each => each.route_key);
  for (const key of ['x$${x} $${', '%%{if} $%{x', 'a$', '%{if}', 'a/b ${x} "y" \\']) assert.ok(keys.includes(key), `${key} in ${keys}`);
  const policies = module.existing().get('aws_iam_role_policy').map(each => each.policy);
  assert.ok(policies.some(each => each.includes('"arn:aws:s3:::$${x}$%{y}$*"')), policies.join('\n'));
  module.destroy();
});

test('what Lambda refuses of an event source mapping is refused here', () => {
  const module = compile(join(root, '.ci/programs/Odd.java'), join(work, 'mappings'));
  module.tofu('init', '-no-color');
  module.tofu('plan', '-no-color');
  const file = join(module.folder, 'main.tf.json');
  const text = readFileSync(file, 'utf8');
  const mappings = Object.values(JSON.parse(text).resource.aws_lambda_event_source_mapping);
  const index = (kind, is) => {
    const at = mappings.findIndex(is);
    assert.ok(at >= 0, kind);
    return at;
  };
  const standard = index('standard', each => each.batch_size === 10_000);
  const fifo = index('FIFO', each => each.batch_size === 10 && !each.starting_position);
  const stream = index('stream', each => each.starting_position);
  // The ARNs of resources that do not exist yet are unknown to a plan, and so is what they are ARNs of.
  const sources = new Map([
    [standard, 'arn:aws:sqs:eu-west-1:123456789012:gathered'],
    [fifo, 'arn:aws:sqs:eu-west-1:123456789012:ordered.fifo'],
    [stream, 'arn:aws:dynamodb:eu-west-1:123456789012:table/rows/stream/2026-01-01T00:00:00.000'],
  ]);
  const refused = [
    [standard, { batch_size: 10_001 }, /batch_size 10001 is not between/],
    [standard, { batch_size: 11, maximum_batching_window_in_seconds: 0 }, /batch_size 11, being over 10, needs/],
    [standard, { maximum_batching_window_in_seconds: 301 }, /maximum_batching_window_in_seconds 301/],
    [standard, { starting_position: 'LATEST' }, /a queue takes no starting_position/],
    [standard, { parallelization_factor: 2 }, /a queue takes no parallelization_factor/],
    [standard, { scaling_config: { maximum_concurrency: 1 } }, /maximum_concurrency 1 is not between/],
    [fifo, { batch_size: 11 }, /batch_size 11 is over the 10 of a FIFO queue/],
    [fifo, { maximum_batching_window_in_seconds: 1 }, /not supported for FIFO/],
    [stream, { batch_size: 10_001 }, /batch_size 10001 is not between/],
    [stream, { maximum_batching_window_in_seconds: 301 }, /maximum_batching_window_in_seconds 301/],
    [stream, { parallelization_factor: 11 }, /parallelization_factor 11/],
    [stream, { maximum_retry_attempts: 10_001 }, /maximum_retry_attempts 10001/],
    [stream, { maximum_record_age_in_seconds: 59 }, /maximum_record_age_in_seconds 59/],
    [stream, { starting_position: undefined }, /a stream needs starting_position/],
    [stream, { scaling_config: { maximum_concurrency: 2 } }, /a stream takes no scaling_config/],
  ];
  for (const [at, change, message] of refused) {
    const main = JSON.parse(text);
    const mapping = Object.values(main.resource.aws_lambda_event_source_mapping)[at];
    Object.assign(mapping, { event_source_arn: sources.get(at) }, change);
    writeFileSync(file, JSON.stringify(main));
    assert.match(module.refusal(), message, JSON.stringify(change));
  }
  writeFileSync(file, text);
  module.apply();
  module.destroy();
});

test('what is given instead of the ARN of a secret is refused, and not shown', () => {
  const module = compile(program('lobby'), join(work, 'secrets'));
  module.tofu('init', '-no-color');
  for (const value of ['open sesame', 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:*']) {
    const said = module.refusal(`-var=secret_password_arn=${value}`);
    assert.match(said, /ARN of one secret or parameter/);
    assert.ok(!said.includes(value), said);
  }
});

for (const example of examples) {
  describe(example, () => {
    const folder = join(work, example);

    test('alone', () => alone(program(example), folder));

    test('as a module, twice', () => {
      const twice = join(work, `${example}-twice`);
      compile(program(example), join(twice, 'app'));
      const { variable } = JSON.parse(readFileSync(join(twice, 'app/variables.tf.json')));
      const values = Object.keys(variable).filter(name => variable[name].default === undefined);
      const module = prefix => ({ source: './app', prefix, ...Object.fromEntries(values.map(name => [name, `\${var.${name}}`])) });
      writeFileSync(join(twice, 'main.tf.json'), JSON.stringify({
        provider: { aws: { region: 'eu-west-1' } },
        ...(values.length > 0 && { variable: Object.fromEntries(values.map(name => [name, { type: 'string' }])) }),
        module: { one: module('one'), two: { ...module('two'), tags: { stage: 'two' }, architecture: 'x86_64', log_retention_days: 7 } },
        output: { urls: { value: ['${module.one.websockets}', '${module.two.websockets}'] } },
      }));
      const both = new Configuration(twice);
      both.apply();
      const functions = both.existing().get('aws_lambda_function').map(each => each.function_name);
      const of = prefix => functions.filter(name => name.startsWith(`${prefix}-`)).length;
      assert.ok(of('one') > 0 && of('one') === of('two') && of('one') + of('two') === functions.length, functions.join());
      both.destroy();
      assert.deepEqual([...both.existing()], []);
    });

    test('a second version over the first', () => {
      const versions = join(work, `${example}-versions`);
      const first = compile(program(example), versions);
      first.apply();

      compile(changed(example, 'System.err.println();'), versions);
      let planned = first.planned();
      const doing = (type, what) => [...planned].filter(([address, doing]) => address.startsWith(type) && doing === what).length;
      assert.ok(doing('aws_lambda_function.', 'update') > 0, 'other code is other functions');
      assert.equal(doing('aws_apigatewayv2_', 'no-op'), [...planned].filter(([address]) => address.startsWith('aws_apigatewayv2_')).length);
      first.apply();

      compile(changed(example, 'ws.onRequest("added", (c, body) -> body);'), versions);
      planned = first.planned();
      assert.equal(doing('aws_apigatewayv2_deployment.', 'create,delete'), 1, 'another route is another deployment');
      first.apply();

      compile(program(example), versions);
      first.apply();
      assert.ok(!first.existing().get('aws_apigatewayv2_route').some(route => route.route_key === 'added'));
      first.destroy();
      assert.deepEqual([...first.existing()], []);
    });
  });
}

/**
 * The program in a folder. The stand-in publishes no second version, so that aliases would never move: each gets a description
 * that changes with its function.
 */
function compileShop(parts, folder) {
  const source = join(folder, 'source', 'Shop.java');
  mkdirSync(join(folder, 'source'), { recursive: true });
  writeFileSync(source, shop(parts));
  const module = compile(source, join(folder, 'module'));
  const functions = JSON.parse(readFileSync(join(folder, 'module/main.tf.json'))).resource.aws_lambda_function;
  const aliases = Object.keys(functions).map(label => {
    const what = ['filename', 'environment', 'memory_size', 'timeout'].map(name => `aws_lambda_function.${label}.${name}`);
    return [label, { description: `\${sha256(jsonencode([${what}]))}` }];
  });
  writeFileSync(join(folder, 'module/order_override.tf.json'), JSON.stringify({ resource: { aws_lambda_alias: Object.fromEntries(aliases) } }));
  return module;
}

describe('an upgrade', () => {
  const befores = new Map();

  /** A copy of a folder in which the program before was applied. */
  function applied(parts, name) {
    const key = JSON.stringify(parts);
    if (!befores.has(key)) {
      const folder = join(work, `before-${befores.size}`);
      const module = compileShop(parts, folder);
      module.tofu('init', '-no-color');
      module.steps();
      befores.set(key, folder);
    }
    const folder = join(work, name.replaceAll(/\W/g, '-'));
    cpSync(befores.get(key), folder, { recursive: true });
    return folder;
  }

  for (const { name, before, after: parts, order, refused, variable, keeps, exists, nothing } of upgrades) {
    test(name, () => {
      const folder = applied(before, name);
      const module = compileShop(parts, folder);
      if (refused) assert.match(module.refusal(), refused);
      const steps = module.steps(...(variable ? [variable] : []));
      const done = steps.map(each => each.step);
      for (const [first, second] of order) {
        const firsts = steps.filter(each => first.test(each.step));
        const seconds = steps.filter(each => second.test(each.step));
        assert.ok(firsts.length > 0 && seconds.length > 0, `${first} and ${second} are in\n${done.join('\n')}`);
        assert.ok(firsts.every(one => seconds.every(other => one.ends < other.begins)), `${first} before ${second} in\n${done.join('\n')}`);
      }
      if (nothing) assert.deepEqual(done, []);
      if (keeps) assert.deepEqual(done.filter(each => !each.startsWith('create') && !each.startsWith('update') && keeps.test(each)), []);
      if (exists) assert.ok(exists(module.existing()));
      module.tofu('plan', '-no-color', '-detailed-exitcode', ...(variable ? [`-var=${variable}`] : []));
      if (variable?.startsWith('table_generations')) assert.match(module.refusal(), /table_generations no longer has its number/);
    });
  }

  test('a table keeps its generation while others change', () => {
    const route = '    ws.onRoute("added", (c, body) -> users.scan().toList());';
    const folder = applied({}, 'generations');
    const [users, both] = ['table_generations={users=2}', 'table_generations={users=2,audit=2}'];
    compileShop({ key: 'name' }, folder).steps(users);
    const name = () => module.existing().get('aws_dynamodb_table').map(each => each.name).find(each => each.startsWith('Shop-users'));
    // Another table, another handler, a comment; the key that the first generation had; and no other table's generation.
    let module = compileShop({ key: 'name', audit: 'at', extra: route, comment: '// Later.\n' }, folder);
    assert.match(module.refusal(), /Table 'users' would be replaced[^]*no longer has its number/);
    assert.match(module.refusal('-var=table_generations={audit=2}'), /Table 'users' would be replaced/);
    assert.match(module.refusal(`-var=${users}`), /table_generations = \{"audit":2,"users":2\}/);
    assert.ok(module.steps(both).every(each => !/dynamodb_table.users/.test(each.step)));
    assert.equal(name(), 'Shop-users.2');
    module = compileShop({ audit: 'at', extra: route }, folder);
    assert.match(module.refusal(`-var=${both}`), /table_generations = \{"audit":2,"users":3\}/);
    assert.match(module.refusal('-var=table_generations={audit=2}'), /Table 'users' would be replaced/);
    module.steps('table_generations={users=1,audit=2}');
    assert.equal(name(), 'Shop-users');
  });
});

test('an app with HTTP APIs only, whose routes move into one function', () => {
  const folder = join(work, 'web');
  const web = options => {
    mkdirSync(folder, { recursive: true });
    const routes = ['a', 'b'].map(each => `    web.on("GET /${each}", request -> "x")${options};\n`).join('');
    writeFileSync(join(folder, 'Web.java'), `import dev.pinion.*;
public final class Web implements App {
  @Override public void define(Cloud cloud) {
    HttpApi web = cloud.httpApi("web").create();
${routes}  }
}
`);
    return compile(join(folder, 'Web.java'), join(folder, 'module'));
  };
  const module = web('');
  const file = join(folder, 'module/main.tf.json');
  const main = JSON.parse(readFileSync(file));
  // As an earlier version of Pinion has compiled it.
  for (const each of Object.values(main.resource.aws_apigatewayv2_integration)) delete each.lifecycle;
  for (const each of Object.values(main.resource.aws_apigatewayv2_route)) delete each.depends_on;
  writeFileSync(file, JSON.stringify(main, null, 2));
  module.apply();
  web('');
  assert.deepEqual([...module.planned()].filter(([, doing]) => doing !== 'no-op'), []);
  module.apply();
  web('.function("pages")').apply();
  assert.equal(module.existing().get('aws_apigatewayv2_integration').length, 1);
  module.destroy();
  assert.deepEqual([...module.existing()], []);
});

test('two prefixes that look alike do not collide', () => {
  const source = join(work, 'prefixes', 'Chat.java');
  mkdirSync(join(work, 'prefixes'));
  writeFileSync(source, `import dev.pinion.*;
import static dev.pinion.AttributeType.STRING;
public final class Chat implements App {
  @Override public void define(Cloud cloud) {
    cloud.table("rooms").hashKey("id", STRING).create();
    cloud.table("test-rooms").hashKey("id", STRING).create();
    cloud.webSocket("ws").create().onMessage((c, body) -> {});
    cloud.webSocket("test-ws").create().onMessage((c, body) -> {});
  }
}
`);
  compile(source, join(work, 'prefixes/app'));
  writeFileSync(join(work, 'prefixes/main.tf.json'), JSON.stringify({
    resource: { terraform_data: { first: {} } },
    module: {
      one: { source: './app', prefix: 'chat' },
      two: { source: './app', prefix: 'chat-test', depends_on: ['terraform_data.first'] },
      three: { source: './app', prefix: 'Chat' },
      four: { source: './app', prefix: 'CHAT' },
    },
  }));
  const both = new Configuration(join(work, 'prefixes'));
  both.apply();
  const names = both.existing().get('aws_dynamodb_table').map(each => each.name).filter(each => each.startsWith('chat')).sort();
  assert.deepEqual(names, ['chat-rooms', 'chat-test--rooms', 'chat-test--test-rooms', 'chat-test-rooms']);
  const roles = both.existing().get('aws_iam_role').map(each => each.name);
  assert.ok(roles.every(each => each.endsWith('-eu-west-1')));
  // IAM compares names regardless of case. A name of an earlier version stays, if its prefix has no capitals.
  assert.equal(new Set(roles.map(each => each.toLowerCase())).size, 8, roles.join());
  assert.ok(roles.includes('chat-ws-default-fd8d89e5-eu-west-1'), roles.join());
  // A change of what the module depends on is none of the module.
  const main = JSON.parse(readFileSync(join(work, 'prefixes/main.tf.json')));
  main.resource.terraform_data.first.input = 'changed';
  writeFileSync(join(work, 'prefixes/main.tf.json'), JSON.stringify(main));
  const changes = [...both.planned()].filter(([, doing]) => doing !== 'no-op');
  assert.deepEqual(changes, [['terraform_data.first', 'update']]);
});

test('old versions are deleted by the AWS CLI once the aliases have moved, and only if asked for', () => {
  const folder = join(work, 'old-versions');
  const module = compile(program('echo'), folder);
  const bin = join(work, 'old-versions-bin');
  const log = join(work, 'old-versions.log');
  mkdirSync(bin);
  writeFileSync(join(bin, 'aws'), `#!/bin/sh
echo "$AWS_REGION $*" >> ${log}
case "$2" in
  list-aliases) echo 2 ;;
  list-versions-by-function) printf '$LATEST\\t1\\t2\\t3\\t9\\n10\\t11\\n' ;;
esac
`, { mode: 0o755 });
  const path = { PATH: `${bin}:${process.env.PATH}` };
  module.tofu('init', '-no-color');
  module.tofu('apply', '-no-color', '-auto-approve');
  assert.ok(!existsSync(log), 'nothing is deleted by default');
  module.tofu('plan', '-no-color', '-detailed-exitcode');
  const args = [`-chdir=${folder}`, 'apply', '-no-color', '-auto-approve', '-var=versions_to_keep=2'];
  command(tf, args, { env: { ...path, AWS_REGION: 'nowhere' } });
  const name = module.existing().get('aws_lambda_function')[0].function_name;
  const deleted = readFileSync(log, 'utf8').split('\n').filter(line => line.includes('delete-function'));
  assert.deepEqual(deleted, ['9', '3', '1'].map(each => `eu-west-1 lambda delete-function --function-name ${name} --qualifier ${each}`));
  rmSync(log);
  command(tf, args, { env: path });
  assert.ok(!existsSync(log), 'nothing is deleted where nothing was published');
  module.destroy();
});
