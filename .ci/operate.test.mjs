// What operators set: every attribute of every type through aws/*_override.tf.json, and domains, logs and alarms by variables.

import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { command, Configuration, root, tf } from './terraform.mjs';

const work = mkdtempSync(join(tmpdir(), 'pinion-operate-'));
after(() => rmSync(work, { recursive: true }));
const home = join(work, 'home');
mkdirSync(join(home, 'aws'), { recursive: true });
cpSync(join(root, '.ci/programs/Operated.java'), join(home, 'Operated.java'));

function compile(out, code = 0) {
  const said = command(join(root, 'pinion'), ['compile', '-t', 'tf-aws', join(home, 'Operated.java'), '--out', join(work, out)],
    { code, all: true });
  return code ? said : new Configuration(join(work, out));
}

const override = content => writeFileSync(join(home, 'aws/test_override.tf.json'), JSON.stringify(content));
const schemas = JSON.parse(readFileSync(join(tf, '../aws-schema.json'))).resource_schemas;

/** A value of a type. */
function value(type) {
  if (type === 'string') return 'set by the test';
  if (type === 'number') return 7;
  if (type === 'bool') return true;
  const [kind, of] = type;
  if (kind === 'map') return { key: value(of) };
  if (kind === 'object') return Object.fromEntries(Object.entries(of).map(([name, inner]) => [name, value(inner)]));
  return [value(of)];
}

/** A block with all that can be set in it. */
function block({ attributes = {}, block_types = {} }) {
  const settable = Object.entries(attributes).filter(([, each]) => each.required || each.optional);
  return {
    ...Object.fromEntries(settable.map(([name, { type }]) => [name, value(type)])),
    ...Object.fromEntries(Object.entries(block_types).map(([name, { block: inner, nesting_mode }]) =>
      [name, nesting_mode === 'single' ? block(inner) : [block(inner)]])),
  };
}

/** The paths of a resource's attributes that have another value than they were given. */
function missing(given, found, path) {
  if (found && 'constant_value' in found) {
    const alike = JSON.stringify(found.constant_value) === JSON.stringify(given);
    return alike ? [] : [path];
  }
  if (Array.isArray(given)) return given.flatMap((each, i) => missing(each, found?.[i], `${path}.${i}`));
  if (given === null || typeof given !== 'object') return [path];
  const one = Array.isArray(found) ? found[0] : found;
  return Object.entries(given).flatMap(([name, each]) => missing(each, one?.[name], `${path}.${name}`));
}

test('every attribute of every type can be set', () => {
  rmSync(join(home, 'aws/test_override.tf.json'), { force: true });
  const module = compile('attributes');
  const { resource } = JSON.parse(readFileSync(join(module.folder, 'main.tf.json')));
  const types = Object.keys(resource).filter(type => type !== 'terraform_data');
  assert.deepEqual(types.filter(type => !schemas[type]), [], 'the schema has all types');
  assert.ok(types.length >= 20, types.join());
  const all = Object.fromEntries(types.map(type => [type, { [Object.keys(resource[type])[0]]: block(schemas[type].block) }]));
  override({ resource: all });
  compile('attributes');
  module.tofu('init', '-no-color');
  const config = JSON.parse(module.tofu('show', '-config', '-json'));
  const not = [];
  let count = 0;
  for (const [type, labels] of Object.entries(all)) {
    const [[label, given]] = Object.entries(labels);
    const { expressions } = config.root_module.resources.find(each => each.address === `${type}.${label}`);
    count += Object.keys(given).length;
    not.push(...missing(given, expressions, type));
  }
  assert.deepEqual(not, []);
  assert.ok(count > 200, `${count} attributes and blocks`);
});

test('an override of what is not there ends the compilation with its line and the nearest name', () => {
  override({ resource: { aws_apigatewayv2_stage: { chats: { description: 'x' } } } });
  assert.match(compile('nothing', 2), /aws\/test_override\.tf\.json:1: error: aws_apigatewayv2_stage\.chats is not in .*did you mean aws_apigatewayv2_stage\.chat\?/);
  rmSync(join(home, 'aws/test_override.tf.json'));
});

const certificate = 'arn:aws:acm:eu-west-1:123456789012:certificate/one';
const domain = more => ({ domain_name: 'ws.example.com', certificate_arn: certificate, ...more });
const set = (module, variables) => writeFileSync(join(module.folder, 'terraform.tfvars.json'), JSON.stringify(variables));

describe('domains, logs and alarms', () => {
  test('are not there unless they are set', () => {
    const module = compile('without');
    module.apply();
    for (const type of ['aws_apigatewayv2_domain_name', 'aws_apigatewayv2_api_mapping', 'aws_route53_record', 'aws_cloudwatch_metric_alarm']) {
      assert.equal(module.existing().get(type), undefined, type);
    }
    const { websockets, http_apis: http } = module.outputs();
    assert.match(websockets.value.chat.url, /^wss:\/\/\w+\.execute-api\.eu-west-1\.amazonaws\.com\/prod$/);
    assert.match(http.value.shop.url, /^https:\/\/\w+\.execute-api\.eu-west-1\.amazonaws\.com$/);

    // Two WebSockets share a domain. Switching off the endpoint deploys the API that it is of.
    set(module, { domains: { chat: domain({ hosted_zone_id: 'Z1', ip_address_type: 'dualstack', default_endpoint: false }),
      news: domain({ hosted_zone_id: 'Z1', ip_address_type: 'dualstack', base_path: 'news' }) } });
    const planned = module.planned();
    assert.equal(planned.get('aws_apigatewayv2_deployment.chat'), 'create,delete');
    assert.equal(planned.get('aws_apigatewayv2_deployment.news'), 'no-op');
    for (const type of ['A', 'AAAA']) assert.equal(planned.get(`aws_route53_record.domains["ws.example.com ${type}"]`), 'create');
    module.apply();
    assert.equal(module.existing().get('aws_apigatewayv2_domain_name').length, 1);
    module.destroy();
    assert.deepEqual([...module.existing()], []);
  });

  test('are all there from the beginning', () => {
    const module = compile('with');
    const topic = 'arn:aws:sns:eu-west-1:123456789012:operators';
    set(module, {
      domains: { chat: domain(), news: domain({ base_path: 'news' }), shop: domain({ domain_name: 'api.example.com', base_path: 'shop' }) },
      access_logs: true, execution_logs: 'ERROR', detailed_metrics: true, alarm_topic_arn: topic, log_retention_days: 7,
    });
    module.apply();
    const exists = type => module.existing().get(type);
    const { websockets, http_apis: http, domains, policies } = module.outputs();
    assert.equal(websockets.value.chat.url, 'wss://ws.example.com');
    assert.equal(websockets.value.news.callback_url, 'https://ws.example.com/news');
    assert.equal(http.value.shop.url, 'https://api.example.com/shop');
    assert.deepEqual(Object.keys(domains.value), ['api.example.com', 'ws.example.com']);
    assert.match(policies.value.news, /execute-api:[^"]+\/live\/POST\/@connections\/\*/, 'permissions keep API and stage');
    const sender = exists('aws_lambda_function').find(each => each.description === 'news/$default').environment[0].variables;
    assert.deepEqual(JSON.parse(sender.PINION_WEBSOCKETS).news, { url: 'wss://ws.example.com/news', callback: 'https://ws.example.com/news' });
    const caller = exists('aws_lambda_function').find(each => each.description === 'shop/GET /items').environment[0].variables;
    assert.deepEqual(JSON.parse(caller.PINION_HTTP_APIS), { shop: 'https://api.example.com/shop' });
    assert.equal(exists('aws_route53_record'), undefined, 'without a hosted zone, no record');

    const stages = exists('aws_apigatewayv2_stage');
    const chat = stages.find(each => each.name === 'prod');
    const fields = JSON.parse(chat.access_log_settings[0].format);
    for (const field of ['requestId', 'ip', 'routeKey', 'status', 'connectionId', 'eventType', 'integrationError', 'integrationLatency', 'authorizerError']) {
      assert.match(fields[field], /^\$context\.\w/, field);
    }
    assert.ok(!('connectionId' in JSON.parse(stages.find(each => each.name === '$default').access_log_settings[0].format)));
    assert.equal(chat.default_route_settings[0].logging_level, 'ERROR');
    assert.equal(chat.default_route_settings[0].detailed_metrics_enabled, true);
    const groups = exists('aws_cloudwatch_log_group');
    assert.ok(groups.every(each => each.retention_in_days === 7));
    assert.ok(groups.some(each => /^\/aws\/apigateway\/\w+\/prod$/.test(each.name)), groups.map(each => each.name).join());
    const alarms = exists('aws_cloudwatch_metric_alarm');
    assert.ok(alarms.every(each => each.alarm_actions.join() === topic));
    assert.deepEqual([...new Set(alarms.map(each => each.metric_name))].sort(), ['4xx', '5xx', 'ApproximateNumberOfMessagesVisible',
      'ClientError', 'Errors', 'ExecutionError', 'IntegrationError', 'IteratorAge', 'Throttles']);
    module.destroy();
    assert.deepEqual([...module.existing()], []);
  });

  test('what API Gateway refuses is refused by the plan', () => {
    const module = compile('refused');
    module.tofu('init', '-no-color');
    for (const [domains, said] of [
      [{ chat: domain(), shop: domain({ base_path: 'shop' }) }, /A WebSocket and an HTTP API cannot share a domain_name/],
      [{ chat: domain(), news: domain() }, /Two APIs have the same domain_name and base_path/],
      [{ chat: domain(), news: domain({ base_path: 'n', ip_address_type: 'dualstack' }) }, /APIs that share a domain_name need the same/],
      [{ chats: domain() }, /The APIs of the app are chat, news, shop/],
      [{ chat: domain({ base_path: 'a/b' }) }, /one segment of a path/],
      [{ chat: domain({ certificate_arn: 'arn:aws:iam::123456789012:server-certificate/x' }) }, /certificate of ACM/],
      [{ chat: domain({ domain_name: 'WS.example.com' }) }, /in lower case/],
      [{ chat: domain({ ip_address_type: 'ipv6' }) }, /ipv4 or dualstack/],
    ]) {
      set(module, { domains });
      assert.match(module.refusal(), said);
    }
    set(module, { execution_logs: 'DEBUG', alarm_topic_arn: 'operators' });
    assert.match(module.refusal(), /OFF, ERROR or INFO.*ARN of a topic|ARN of a topic.*OFF, ERROR or INFO/);
  });

  test('the role of the account is made once, and kept', () => {
    const module = compile('account');
    const log = join(work, 'account.log');
    const bin = join(work, 'account-bin');
    mkdirSync(bin);
    const aws = found => writeFileSync(join(bin, 'aws'), `#!/bin/sh
echo "$AWS_REGION $*" >> ${log}
case "$2" in
  get-account) echo ${found} ;;
  get-role) case "$*" in *query*) echo arn:aws:iam::123456789012:role/api-gateway-logs-eu-west-1 ;; *) exit 1 ;; esac ;;
esac
`, { mode: 0o755 });
    const env = { PATH: `${bin}:${process.env.PATH}` };
    const args = [`-chdir=${module.folder}`, 'apply', '-no-color', '-auto-approve', '-var=api_gateway_account_role=true'];
    module.tofu('init', '-no-color');
    aws('None');
    command(tf, args, { env });
    const calls = readFileSync(log, 'utf8').trim().split('\n');
    assert.match(calls.join('\n'), /eu-west-1 iam create-role --role-name api-gateway-logs-eu-west-1 .*apigateway\.amazonaws\.com/);
    assert.match(calls.join('\n'), /attach-role-policy .*arn:aws:iam::aws:policy\/service-role\/AmazonAPIGatewayPushToCloudWatchLogs/);
    assert.match(calls.at(-1), /update-account --patch-operations op=replace,path=\/cloudwatchRoleArn,value=arn:aws:iam::123456789012:role/);
    command(tf, args, { env });
    assert.equal(readFileSync(log, 'utf8').trim().split('\n').length, calls.length, 'a second apply calls nothing');
    command(tf, [...args.map(each => (each === 'apply' ? 'destroy' : each))], { env });
    assert.equal(readFileSync(log, 'utf8').trim().split('\n').length, calls.length, 'destroying calls nothing');
    rmSync(log);
    aws('arn:aws:iam::123456789012:role/theirs');
    command(tf, args, { env });
    assert.deepEqual(readFileSync(log, 'utf8').trim().split('\n').map(each => each.split(' ')[2]), ['get-account'], 'a role that is there stays');
  });
});
