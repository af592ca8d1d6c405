// What CloudFormation does from one template to the next, in the words of Terraform's addresses.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const TYPES = {
  'AWS::DynamoDB::GlobalTable': 'aws_dynamodb_table',
  'AWS::IAM::Role': 'aws_iam_role',
  'AWS::IAM::RolePolicy': 'aws_iam_role_policy',
  'AWS::IAM::ManagedPolicy': 'aws_iam_policy',
  'AWS::Logs::LogGroup': 'aws_cloudwatch_log_group',
  'AWS::Lambda::Function': 'aws_lambda_function',
  'AWS::Lambda::Version': 'aws_lambda_version',
  'AWS::Lambda::Alias': 'aws_lambda_alias',
  'AWS::Lambda::Permission': 'aws_lambda_permission',
  'AWS::Lambda::EventInvokeConfig': 'aws_lambda_function_event_invoke_config',
  'AWS::Scheduler::Schedule': 'aws_scheduler_schedule',
  'AWS::Scheduler::ScheduleGroup': 'aws_scheduler_schedule_group',
  'AWS::SQS::Queue': 'aws_sqs_queue',
  'AWS::ApiGatewayV2::Api': 'aws_apigatewayv2_api',
  'AWS::ApiGatewayV2::Integration': 'aws_apigatewayv2_integration',
  'AWS::ApiGatewayV2::Route': 'aws_apigatewayv2_route',
  'AWS::ApiGatewayV2::RouteResponse': 'aws_apigatewayv2_route_response',
  'AWS::ApiGatewayV2::Deployment': 'aws_apigatewayv2_deployment',
  'AWS::ApiGatewayV2::Stage': 'aws_apigatewayv2_stage',
};

/** Properties whose change replaces a resource (CloudFormation's reference: "Update requires: Replacement"). */
const REPLACING = {
  'AWS::DynamoDB::GlobalTable': ['KeySchema', 'TableName', 'LocalSecondaryIndexes'],
  'AWS::IAM::Role': ['RoleName', 'Path'],
  'AWS::IAM::RolePolicy': ['PolicyName', 'RoleName'],
  'AWS::Lambda::Function': ['FunctionName', 'PackageType'],
  'AWS::Lambda::Version': ['FunctionName', 'Description', 'CodeSha256'],
  'AWS::Lambda::Alias': ['FunctionName', 'Name'],
  'AWS::Lambda::Permission': ['Action', 'FunctionName', 'Principal', 'SourceAccount', 'SourceArn'],
  'AWS::Lambda::EventInvokeConfig': ['FunctionName', 'Qualifier'],
  'AWS::Scheduler::Schedule': ['Name'],
  'AWS::Scheduler::ScheduleGroup': ['Name'],
  'AWS::SQS::Queue': ['QueueName', 'FifoQueue'],
  'AWS::ApiGatewayV2::Api': ['ProtocolType'],
  'AWS::ApiGatewayV2::Integration': ['ApiId'],
  'AWS::ApiGatewayV2::Route': ['ApiId'],
  'AWS::ApiGatewayV2::RouteResponse': ['ApiId', 'RouteId'],
  'AWS::ApiGatewayV2::Stage': ['ApiId', 'StageName'],
};

/** A cloud assembly of one stack. */
export class Assembly {
  constructor(folder) {
    const name = readdirSync(folder).find(each => each.endsWith('.template.json'));
    this.template = JSON.parse(readFileSync(join(folder, name), 'utf8'));
    this.resources = this.template.Resources;
    const metadata = JSON.parse(readFileSync(join(folder, name.replace('.template.', '.metadata.')), 'utf8'));
    this.paths = new Map();
    for (const [path, entries] of Object.entries(metadata)) {
      for (const { type, data } of entries) if (type === 'aws:cdk:logicalId') this.paths.set(data, path);
    }
  }

  /** A resource as Terraform's module has it, such as `aws_lambda_function.ws-connect`. */
  address(id) {
    const [, , , first, , handler] = this.paths.get(id).split('/');
    const label = handler && handler !== 'Resource' ? `${first}-${handler.replace('$', '').replace('-Route', '')}` : first;
    return `${TYPES[this.resources[id].Type] ?? this.resources[id].Type}.${label}`;
  }

  /** The resources that must be there before a resource, by what it refers to. */
  before(id, known = new Set()) {
    const refer = value => {
      if (Array.isArray(value)) return value.flatMap(refer);
      if (value === null || typeof value !== 'object') return [];
      return Object.entries(value).flatMap(([key, inner]) => {
        if (key === 'Ref' || key === 'DependsOn') return [inner].flat();
        if (key === 'Fn::GetAtt') return [[inner].flat()[0].split('.')[0]];
        if (key === 'Fn::Sub') return [...[inner].flat()[0].matchAll(/\$\{(\w+)/g)].map(found => found[1]);
        return refer(inner);
      });
    };
    for (const each of refer(this.resources[id]).filter(name => this.resources[name])) {
      if (known.has(each)) continue;
      known.add(each);
      this.before(each, known);
    }
    return known;
  }

  /** The rules that an update breaks which passes the previous values of all parameters, with some others. */
  refusals(previous, given = {}) {
    const values = Object.fromEntries(Object.entries(this.template.Parameters ?? {}).map(([name, { Default }]) =>
      [name, given[name] ?? previous.template.Parameters?.[name]?.Default ?? Default]));
    return Object.values(this.template.Rules ?? {}).flatMap(rule => rule.Assertions)
      .filter(each => each.Assert['Fn::Equals'])
      .filter(each => values[each.Assert['Fn::Equals'][0].Ref] !== each.Assert['Fn::Equals'][1])
      .map(each => each.AssertDescription);
  }

  /** Why an update replaces a resource, or nothing. */
  replaced(previous, id) {
    const { Type, Properties } = this.resources[id];
    return (REPLACING[Type] ?? []).filter(name =>
      JSON.stringify(Properties[name]) !== JSON.stringify(previous.resources[id].Properties[name]));
  }

  /**
   * The steps of an update, such as `create aws_dynamodb_table.rows`, each with its `id`, its `assembly` and whether it comes in the `end`:
   * CloudFormation deletes what is no longer there, and what was replaced, after everything else. What it keeps is no step.
   */
  steps(previous) {
    const steps = [];
    const add = (verb, assembly, id, end = false) => steps.push({ step: `${verb} ${assembly.address(id)}`, id, end, assembly });
    const removed = id => {
      const { DeletionPolicy, UpdateReplacePolicy } = previous.resources[id];
      const policy = this.resources[id] ? UpdateReplacePolicy : DeletionPolicy;
      if (policy !== 'Retain') add('delete', previous, id, true);
    };
    for (const [id, resource] of Object.entries(this.resources)) {
      if (!previous.resources[id]) {
        add('create', this, id);
      } else if (this.replaced(previous, id).length > 0) {
        add('create', this, id);
        removed(id);
      } else if (JSON.stringify(resource) !== JSON.stringify(previous.resources[id])) {
        add('update', this, id);
      } else if ([...this.before(id)].some(each => previous.resources[each] && this.replaced(previous, each).length > 0)) {
        add('update', this, id);
      }
    }
    Object.keys(previous.resources).filter(id => !this.resources[id]).forEach(removed);
    return steps;
  }

  /** Whether a step ends before another one begins. What depends on something is deleted before it. */
  inOrder(first, second) {
    if (first.end) return second.end && first.assembly.before(first.id).has(second.id);
    return second.end || this.before(second.id).has(first.id);
  }
}
