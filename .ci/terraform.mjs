// OpenTofu with a stand-in for AWS, on a folder: what a compiled module does without an account.

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
export const tf = join(root, '../shared/tools/terraform/tf');

/** Values for the variables of all programs that have no default. */
export const given = {
  config_client_id: 'portal',
  config_issuer: 'https://id.example.com',
  config_log_level: 'info',
  config_greeting: 'Welcome, "${friend}"',
  config_quoted_value: '\\ "%{x}" ${y} größe',
  secret_parameter_arn: 'arn:aws:ssm:eu-west-1:123456789012:parameter/odd',
  secret_ticket_key_arn: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:ticket-key-a1b2c3',
  secret_password_arn: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:password-a1b2c3',
};
const environment = Object.fromEntries(Object.entries(given).map(([name, value]) => [`TF_VAR_${name}`, value]));

/** Runs a command and gives what it printed; throws with that when it ends with another code. */
export function command(file, args, { code = 0, env = {}, all = false } = {}) {
  const ran = spawnSync(file, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env }, maxBuffer: 1 << 28 });
  if (ran.error) throw ran.error;
  if (ran.status !== code) {
    throw new Error(`${file} ${args.join(' ')} ended with ${ran.status}, not ${code}:\n${ran.stdout}\n${ran.stderr}`);
  }
  return all ? ran.stdout + ran.stderr : ran.stdout;
}

/** A folder with a configuration. */
export class Configuration {
  constructor(folder) {
    this.folder = folder;
  }

  tofu(...args) {
    return command(tf, [`-chdir=${this.folder}`, ...args], { env: environment });
  }

  /** Brings what exists to what the configuration says; throws when something is left to do then. */
  apply() {
    this.tofu('init', '-no-color');
    this.tofu('validate', '-no-color');
    this.tofu('apply', '-no-color', '-auto-approve');
    this.tofu('plan', '-no-color', '-detailed-exitcode');
  }

  /**
   * Applies with some variables, and gives what was done, in order: such as `create aws_dynamodb_table.rows`, when it `begins`
   * and when it `ends`.
   */
  steps(...variables) {
    const lines = this.tofu('apply', '-no-color', '-auto-approve', ...variables.map(each => `-var=${each}`)).split('\n');
    const steps = [];
    lines.forEach((line, at) => {
      const [, address, did] = /^(\S+)(?: \(deposed object \w+\))?: (Creating|Modifying|Destroying|Creation complete|Modifications complete|Destruction complete)/.exec(line) ?? [];
      if (!address) return;
      const step = `${{ Cr: 'create', Mo: 'update', De: 'delete' }[did.slice(0, 2)]} ${address}`;
      if (did.endsWith('ing')) steps.push({ step, begins: at });
      else steps.find(each => each.step === step && each.ends === undefined).ends = at;
    });
    return steps;
  }

  /** What a plan that is refused says, without its line breaks. */
  refusal(...variables) {
    return command(tf, [`-chdir=${this.folder}`, 'plan', '-no-color', ...variables], { code: 1, env: environment, all: true })
      .replaceAll(/\s+/g, ' ');
  }

  /** What an apply would do, by address: such as `create` or `create,delete`. */
  planned() {
    this.tofu('plan', '-no-color', '-out=next.tfplan');
    const plan = JSON.parse(this.tofu('show', '-json', 'next.tfplan'));
    return new Map(plan.resource_changes.map(each => [each.address, each.change.actions.join()]));
  }

  /** The resources that exist, by type. */
  existing() {
    const file = join(this.folder, '.terraform/stand-in-cloud.json');
    const types = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
    return new Map(Object.entries(types).map(([type, all]) => [type, Object.values(all)]).filter(each => each[1].length));
  }

  outputs() {
    return JSON.parse(this.tofu('output', '-json'));
  }

  destroy() {
    this.tofu('destroy', '-no-color', '-auto-approve');
  }
}
