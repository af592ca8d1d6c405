// Upgrades of one app: the program before and after, and what an apply must do first.

const connecting = 'ws.onConnect(c -> users.putItem(Item.of("KEY", c.id())))';
const disconnecting = 'ws.onDisconnect(c -> users.deleteItem(Key.of("KEY", c.id())))';

/** The program, by parts that an upgrade changes. */
export function shop({
  users = 'users',
  key = 'id',
  audit = 'id',
  ttl = '.timeToLive("expires")',
  index = '',
  extra = '',
  stage = '',
  connect = connecting,
  disconnect = disconnecting,
  message = 'ws.onMessage((c, body) -> orders.putItem(Item.of("id", body)))',
  options = '',
  comment = '',
} = {}) {
  const handlers = [connect, disconnect, message].filter(Boolean).map(each => `    ${each.replaceAll('KEY', key)}`);
  if (message) handlers[handlers.length - 1] += options;
  return `${comment}import dev.pinion.*;
import java.time.Duration;
import static dev.pinion.AttributeType.STRING;

public final class Shop implements App {
  @Override
  public void define(Cloud cloud) {
    Table users = cloud.table("${users}").hashKey("${key}", STRING).create();
    Table orders = cloud.table("orders").hashKey("id", STRING)${index}${ttl}.create();
    cloud.table("audit").hashKey("${audit}", STRING).create();
    WebSocket ws = cloud.webSocket("ws")${stage}.create();
${handlers.map(each => `${each};`).join('\n')}
${extra}
  }
}
`;
}

const update = 'ws.onMessage((c, body) -> orders.updateItem(Key.of("id", body), Attribute.attribute("n").add(1)))';
const added = '    ws.onRoute("added", (c, body) -> users.scan().toList());';
const answered = '    ws.onRequest("added", (c, body) -> body);';
const more = '    Table more = cloud.table("more").hashKey("id", STRING).create();\n    ws.onRoute("added", (c, body) -> more.scan().toList());';

const share = handler => `${handler}.function("shared")`;

const schedule = (id, minutes) => `    cloud.schedule("${id}").rate(Duration.ofMinutes(${minutes})).create().onTick(tick -> users.scan().toList());`;

const web = options => ['GET /a', 'GET /b'].map(key => `    web.on("${key}", request -> users.scan().toList())${options};`).join('\n')
  .replace(/^/, '    HttpApi web = cloud.httpApi("web").create();\n');

/** A route's label: `web-GET-a` in Terraform, `web-GET %2Fa` as a construct. */
const get = path => `web-GET(-| %2F)${path}`;

const tables = each => each.Type === 'AWS::DynamoDB::GlobalTable';

/**
 * Each upgrade: the changes before and after, and `order`, pairs of which the first ends before the second begins. Patterns match
 * lines such as `create aws_lambda_function.ws-added-1a2b3c4d`. A plan that is `refused` names what it would lose, and `variable`
 * allows it. What `keeps` matches stays as it is, `exists` is true of what exists afterwards, `stated` of the resources of the
 * template for CloudFormation, and `nothing` has nothing to do.
 */
export const upgrades = [
  { name: 'a route is added', before: {}, after: { extra: added }, order: [
    [/create aws_iam_role_policy.ws-added/, /create aws_lambda_function.ws-added/],
    [/create aws_lambda_function.ws-added/, /create aws_lambda_alias.ws-added/],
    [/create aws_lambda_permission.ws-added/, /update aws_apigatewayv2_stage/],
    [/create aws_apigatewayv2_route.ws-added/, /create aws_apigatewayv2_deployment/],
    [/create aws_apigatewayv2_deployment/, /update aws_apigatewayv2_stage/],
    [/update aws_apigatewayv2_stage/, /delete aws_apigatewayv2_deployment/]] },
  { name: 'a route is removed', before: { extra: added }, after: {}, order: [
    [/create aws_apigatewayv2_deployment/, /update aws_apigatewayv2_stage/],
    ...['lambda_permission', 'apigatewayv2_route', 'apigatewayv2_integration', 'lambda_alias', 'lambda_function', 'iam_role_policy']
      .map(type => [/update aws_apigatewayv2_stage/, new RegExp(`delete aws_${type}.ws-added`)])] },
  { name: '$connect is removed', before: {}, after: { connect: '' }, order: [
    [/update aws_apigatewayv2_stage/, /delete aws_lambda_permission.ws-connect/],
    [/update aws_apigatewayv2_stage/, /delete aws_apigatewayv2_route.ws-connect/]] },
  { name: 'a route is renamed', before: { extra: added }, after: { extra: added.replace('"added"', '"renamed"') }, order: [
    [/create aws_lambda_permission.ws-renamed/, /update aws_apigatewayv2_stage/],
    [/update aws_apigatewayv2_stage/, /delete aws_lambda_permission.ws-added/],
    [/update aws_apigatewayv2_stage/, /delete aws_lambda_function.ws-added/]] },
  { name: 'a route begins to answer', before: { extra: added }, after: { extra: answered }, order: [
    [/create aws_apigatewayv2_route_response.ws-added/, /create aws_apigatewayv2_deployment/]] },
  { name: 'a route answers no more', before: { extra: answered }, after: { extra: added }, order: [
    [/update aws_apigatewayv2_stage/, /delete aws_apigatewayv2_route_response.ws-added/]] },
  { name: 'a handler does something else', before: {}, after: { message: update }, order: [
    [/create aws_iam_role_policy.ws-default/, /update aws_lambda_function.ws-default/],
    [/update aws_lambda_function.ws-default/, /update aws_lambda_alias.ws-default/],
    [/update aws_lambda_alias.ws-default/, /delete aws_iam_role_policy.ws-default/]] },
  { name: 'a handler uses another table', before: {}, after: { extra: more }, order: [
    [/create aws_dynamodb_table.more/, /create aws_lambda_function.ws-added/]] },
  { name: 'a table that a handler used is removed', before: { extra: more }, after: {}, refused: /more/, variable: 'destroyed_tables=["more"]', order: [
    [/update aws_apigatewayv2_stage/, /delete aws_dynamodb_table.more/]] },
  { name: 'a table is renamed', before: {}, after: { users: 'people' }, refused: /users/, variable: 'destroyed_tables=["users"]', order: [
    [/create aws_dynamodb_table.people/, /update aws_lambda_alias.ws-connect/],
    [/update aws_lambda_alias.ws-connect/, /delete aws_dynamodb_table.users/]] },
  { name: 'the key of a table changes', before: {}, after: { key: 'name' }, refused: /users/, variable: 'table_generations={users=2}', order: [
    [/create aws_dynamodb_table.users/, /update aws_lambda_function.ws-connect/],
    [/update aws_lambda_alias.ws-connect/, /delete aws_dynamodb_table.users/]] },
  { name: 'the key of a table that no handler uses changes', before: {}, after: { audit: 'at' }, refused: /audit/, variable: 'table_generations={audit=2}', order: [
    [/create aws_dynamodb_table.audit/, /delete aws_dynamodb_table.audit/]] },
  { name: 'the time to live is dropped', before: {}, after: { ttl: '' }, order: [], exists: cloud =>
    cloud.get('aws_dynamodb_table').some(each => each.ttl[0]?.attribute_name === 'expires' && each.ttl[0].enabled === false),
    stated: all => all.filter(tables).every(each => each.Properties.TimeToLiveSpecification.Enabled === false) },
  { name: 'a time to live is added', before: { ttl: '' }, after: {}, order: [], exists: cloud =>
    cloud.get('aws_dynamodb_table').some(each => each.ttl[0]?.attribute_name === 'expires' && each.ttl[0].enabled === true),
    stated: all => all.some(each => tables(each) && each.Properties.TimeToLiveSpecification.AttributeName === 'expires') },
  { name: 'an index is added', before: {}, after: { index: '.attribute("user", STRING).index("byUser", "user")' }, order: [], exists: cloud =>
    cloud.get('aws_dynamodb_table').some(each => each.global_secondary_index.some(index => index.name === 'byUser')),
    stated: all => all.some(each => tables(each) && each.Properties.GlobalSecondaryIndexes?.[0].IndexName === 'byUser') },
  { name: 'more memory', before: {}, after: { options: '.memory(1024)' }, order: [
    [/update aws_lambda_function.ws-default/, /update aws_lambda_alias.ws-default/]], exists: cloud =>
    cloud.get('aws_lambda_function').some(each => each.memory_size === 1024),
    stated: all => all.some(each => each.Properties.MemorySize === 1024) },
  { name: 'a longer timeout', before: {}, after: { options: '.timeout(Duration.ofSeconds(10))' }, order: [
    [/update aws_apigatewayv2_integration.ws-default/, /create aws_apigatewayv2_deployment/]] },
  { name: 'another stage', before: {}, after: { stage: '.stage("live")' }, order: [
    [/create aws_apigatewayv2_stage/, /delete aws_apigatewayv2_stage/],
    [/create aws_lambda_permission.ws-connect/, /create aws_apigatewayv2_stage/],
    [/create aws_apigatewayv2_stage/, /delete aws_lambda_permission.ws-connect/]] },
  { name: 'a table that looks like another is added', before: { users: 'shop.users' }, after: { users: 'shop.users',
    extra: '    cloud.table("shop-users").hashKey("id", STRING).create();' }, order: [], keeps: /aws_(dynamodb_table|lambda_function)/ },
  { name: 'a schedule is added', before: {}, after: { extra: schedule('tick', 1) }, order: [
    [/create aws_iam_role_policy.tick/, /create aws_scheduler_schedule.tick/],
    [/create aws_lambda_alias.tick/, /create aws_scheduler_schedule.tick/]], exists: cloud =>
    cloud.get('aws_scheduler_schedule').length === 1, stated: all => all.some(each => each.Type === 'AWS::Scheduler::Schedule') },
  { name: 'a schedule is removed', before: { extra: schedule('tick', 1) }, after: {}, order: [
    [/delete aws_scheduler_schedule.tick/, /delete aws_lambda_alias.tick/],
    [/delete aws_scheduler_schedule.tick/, /delete aws_iam_role_policy.tick/]] },
  { name: 'a schedule is renamed', before: { extra: schedule('tick', 1) }, after: { extra: schedule('tock', 1) }, order: [
    [/create aws_lambda_alias.tock/, /create aws_scheduler_schedule.tock/],
    [/delete aws_scheduler_schedule.tick/, /delete aws_lambda_function.tick/]] },
  { name: 'a schedule ticks at other times', before: { extra: schedule('tick', 1) }, after: { extra: schedule('tick', 120) }, order: [],
    keeps: /aws_(lambda_function|lambda_alias|iam|scheduler)/, exists: cloud => cloud.get('aws_scheduler_schedule').every(each => each.schedule_expression === 'rate(2 hours)'),
    stated: all => all.some(each => each.Properties.ScheduleExpression === 'rate(2 hours)') },
  { name: 'handlers begin to share a function', before: {}, after: { connect: share(connecting), disconnect: share(disconnecting) }, order: [
    [/create aws_apigatewayv2_integration/, /update aws_apigatewayv2_route/],
    [/update aws_apigatewayv2_route/, /create aws_apigatewayv2_deployment/],
    [/create aws_apigatewayv2_deployment/, /update aws_apigatewayv2_stage/],
    [/update aws_apigatewayv2_stage/, /delete aws_apigatewayv2_integration/],
    [/update aws_apigatewayv2_stage/, /delete aws_lambda_function/]] },
  { name: 'handlers share a function no more', before: { connect: share(connecting), disconnect: share(disconnecting) }, after: {}, order: [
    [/create aws_apigatewayv2_integration.ws-connect/, /update aws_apigatewayv2_route.ws-connect/],
    [/update aws_apigatewayv2_stage/, /delete aws_apigatewayv2_integration/],
    [/update aws_apigatewayv2_stage/, /delete aws_lambda_function/]] },
  { name: 'routes of an HTTP API begin to share a function', before: { extra: web('') }, after: { extra: web('.function("pages")') }, order: [
    [/create aws_apigatewayv2_integration.(web-)?pages/, /update aws_apigatewayv2_route.web/],
    [/create aws_lambda_permission/, /update aws_apigatewayv2_route.web/],
    ...['a', 'b'].flatMap(each => ['apigatewayv2_integration', 'lambda_permission'].map(type =>
      [new RegExp(`update aws_apigatewayv2_route.${get(each)}`), new RegExp(`delete aws_${type}.${get(each)}`)])),
    [new RegExp(`delete aws_apigatewayv2_integration.${get('b')}`), new RegExp(`delete aws_lambda_function.${get('b')}`)]], exists: cloud =>
    cloud.get('aws_apigatewayv2_integration').filter(each => each.payload_format_version === '2.0').length === 1,
    stated: all => all.filter(each => each.Properties.PayloadFormatVersion === '2.0').length === 1 },
  { name: 'routes of an HTTP API share a function no more', before: { extra: web('.function("pages")') }, after: { extra: web('') }, order: [
    ...['a', 'b'].flatMap(each => ['apigatewayv2_integration', 'lambda_permission'].map(type =>
      [new RegExp(`create aws_${type}.${get(each)}`), new RegExp(`update aws_apigatewayv2_route.${get(each)}`)])),
    [/update aws_apigatewayv2_route.web/, /delete aws_apigatewayv2_integration.(web-)?pages/],
    [/update aws_apigatewayv2_route.web/, /delete aws_lambda_permission.(web|%46unctions)/],
    [/delete aws_apigatewayv2_integration.(web-)?pages/, /delete aws_lambda_function.(pages|%46unctions)/]] },
  { name: 'a comment is added', before: {}, after: { comment: '// A comment.\n\n' }, order: [], nothing: true },
];
