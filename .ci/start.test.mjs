// docs/start.md as a new user types it: install, new, run, test, explain, compile, the Maven plugin, modules, uninstall.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { createRequire } from 'node:module';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const WebSocket = createRequire(import.meta.url)('ws');
const work = mkdtempSync(join(tmpdir(), 'pinion-start-'));
const prefix = join(work, 'local');
// A repository of its own, so that what was installed on this machine before does not count. START_REPOSITORY=empty begins
// without any library, as on a new machine.
const repository = join(work, 'repository');
const environment = {
  ...process.env, PATH: `${join(prefix, 'bin')}:${process.env.PATH}`, MAVEN_OPTS: `-Dmaven.repo.local=${repository}`,
  XDG_CACHE_HOME: join(work, 'cache'),
};
delete environment.JAVA_HOME;

/** The commands that were typed, as docs/start.md writes them: without what a test adds. */
const typed = new Set();

function note(command, args) {
  const added = ['--batch-mode', '--no-transfer-progress', '--offline', '-Dpinion.options=--port 0'];
  const written = [command, ...args].filter(each => !added.includes(each)).join(' ');
  typed.add(written.replace(/ --port 0$/, '').replace(/ --prefix \S+/, '').replaceAll(`${work}/`, ''));
}

after(() => rmSync(work, { recursive: true, force: true }));

function run(folder, command, ...args) {
  note(command, args);
  const ran = spawnSync(command, args, { cwd: folder, env: environment, encoding: 'utf8', timeout: 600_000 });
  assert.equal(ran.status, 0, `${command} ${args.join(' ')}\n${ran.error ?? ''}${ran.stdout}${ran.stderr}`);
  return ran.stdout + ran.stderr;
}

async function chats(folder, command, ...args) {
  note(command, args);
  const child = spawn(command, args, { cwd: folder, env: environment, detached: true });
  let output = '';
  try {
    const url = await new Promise((done, fail) => {
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding('utf8').on('data', text => {
          output += text;
          const found = /listening on (ws:\S+)/.exec(output);
          if (found) done(found[1]);
        });
      }
      child.on('exit', code => fail(new Error(`ended with ${code}: ${output}`)));
    });
    const client = new WebSocket(url);
    const heard = new Promise((done, fail) => client.on('message', text => done(String(text))).on('error', fail));
    client.on('open', () => client.send('hello'));
    assert.equal(await heard, 'hello');
    client.close();
  } finally {
    const gone = new Promise(done => child.on('exit', done));
    if (child.exitCode === null) {
      process.kill(-child.pid, 'SIGTERM');
      await gone;
    }
  }
}

test('install', () => {
  const known = join(process.env.HOME, '.m2/repository');
  if (process.env.START_REPOSITORY !== 'empty' && existsSync(known)) run(work, 'cp', '-al', known, repository);
  rmSync(join(repository, 'dev/pinion'), { recursive: true, force: true });
  const output = run(root, './pinion', 'install', '--prefix', prefix);
  assert.match(output, /installed .*\/bin\/pinion -> /);
  assert.match(output, /installed 21 artifacts with their sources and Javadoc in /);
});

test('new, run, test, explain, compile', async () => {
  const from = Date.now();
  run(work, 'pinion', 'new', 'my-chat');
  const project = join(work, 'my-chat');
  const tested = run(project, 'mvn', '--batch-mode', '--no-transfer-progress', 'test');
  assert.match(tested, /Tests run: 1, Failures: 0, Errors: 0, Skipped: 0/);
  console.log(`new to a passing test: ${((Date.now() - from) / 1000).toFixed(1)} s`);
  await chats(project, 'pinion', 'run', '.', '--port', '0');
  assert.match(run(project, 'pinion', 'test', '.'), /Tests run: 1, Failures: 0/);
  const explained = run(project, 'pinion', 'explain', '.');
  assert.match(explained, /dynamodb:PutItem/);
  run(project, 'pinion', 'compile', '-t', 'tf-aws', '.');
  assert.ok(existsSync(join(project, 'target/tf-aws/main.tf.json')));
});

test('the Maven plugin does the same without the command', async () => {
  const project = join(work, 'my-chat');
  const mvn = ['--batch-mode', '--no-transfer-progress'];
  const direct = run(project, 'pinion', 'explain', '.').replace(/^compiling .*\n/gm, '').trim();
  assert.ok(run(project, 'mvn', ...mvn, 'pinion:explain').includes(direct));
  rmSync(join(project, 'target/tf-aws'), { recursive: true });
  run(project, 'mvn', ...mvn, 'pinion:compile');
  assert.ok(existsSync(join(project, 'target/tf-aws/main.tf.json')));
  run(project, 'mvn', ...mvn, 'pinion:compile', '-Dpinion.target=awscdk');
  assert.ok(existsSync(join(project, 'target/awscdk/manifest.json')));
  await chats(project, 'mvn', ...mvn, 'pinion:run', '-Dpinion.options=--port 0');
});

test('every template passes its test, offline', () => {
  for (const template of ['rooms', 'empty']) {
    run(work, 'pinion', 'new', `my-${template}`, '--template', template, '--package', 'org.example.app');
    const tested = run(join(work, `my-${template}`), 'mvn', '--offline', '--batch-mode', 'test');
    assert.match(tested, /Tests run: 1, Failures: 0, Errors: 0, Skipped: 0/);
  }
});

test('an app in one of several modules', async () => {
  const folder = join(work, 'modules');
  cpSync(join(work, 'my-chat'), join(folder, 'app'), { recursive: true });
  rmSync(join(folder, 'app/target'), { recursive: true });
  const pom = readFileSync(join(folder, 'app/pom.xml'), 'utf8');
  const head = pom.slice(0, pom.indexOf('  <properties>'));
  mkdirSync(join(folder, 'texts/src/main/java/texts'), { recursive: true });
  writeFileSync(join(folder, 'texts/src/main/java/texts/Texts.java'),
    'package texts;\npublic final class Texts {\n  public static String of(String text) {\n    return text;\n  }\n}\n');
  const child = (name, dependencies) => `${head.replace(/ {2}<groupId>[\s\S]*/, '')}  <parent>
    <groupId>org.example</groupId><artifactId>all</artifactId><version>1</version>
  </parent>
  <artifactId>${name}</artifactId>
  <dependencies>${dependencies}</dependencies>
</project>
`;
  writeFileSync(join(folder, 'texts/pom.xml'), child('texts', ''));
  const dependency = (group, name) => `<dependency><groupId>${group}</groupId><artifactId>${name}</artifactId>
    <version>${group === 'org.example' ? '1' : /<pinion.version>(.*)</.exec(pom)[1]}</version></dependency>`;
  writeFileSync(join(folder, 'app/pom.xml'),
    child('app', dependency('org.example', 'texts') + dependency('dev.pinion', 'pinion-core')));
  rmSync(join(folder, 'app/src/test'), { recursive: true });
  const source = join(folder, 'app/src/main/java/mychat/Chat.java');
  writeFileSync(source, readFileSync(source, 'utf8').replace(/, text\);/, ', texts.Texts.of(text));'));
  const build = pom.slice(pom.indexOf('  <build>'), pom.indexOf('</project>'));
  const properties = pom.slice(pom.indexOf('  <properties>'), pom.indexOf('  <dependencyManagement>'));
  writeFileSync(join(folder, 'pom.xml'), `${head.replace(/ {2}<groupId>[\s\S]*/, '')}  <groupId>org.example</groupId>
  <artifactId>all</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <modules><module>texts</module><module>app</module></modules>
${properties}${build}</project>
`);
  await chats(folder, 'pinion', 'run', 'app', '--port', '0');
  await chats(folder, 'mvn', '--batch-mode', '--no-transfer-progress', 'pinion:run', '-pl', 'app', '-am',
    '-Dpinion.options=--port 0');
});

test('classes of another build', async () => {
  const project = join(work, 'my-chat');
  cpSync(join(project, 'target/classes'), join(project, 'build/classes'), { recursive: true });
  mkdirSync(join(project, 'build/libs'));
  const args = ['run', '--classes', 'build/classes', '--class-path', 'build/libs/*'];
  await chats(project, 'pinion', ...args, 'mychat.Chat', '--port', '0');
  typed.add("pinion run --classes build/classes --class-path 'build/libs/*' app.Chat");
});

test('every command of docs/start.md was typed', () => {
  const blocks = readFileSync(join(root, 'docs/start.md'), 'utf8').matchAll(/```sh\n([\s\S]*?)```/g);
  const commands = [...blocks].flatMap(block => block[1].trim().split('\n')).filter(line => !line.startsWith('cd '));
  assert.ok(commands.length > 8);
  assert.deepEqual(commands.filter(command => !typed.has(command)), []);
});

test('uninstall', () => {
  run(work, 'pinion', 'uninstall');
  assert.ok(!existsSync(join(prefix, 'bin/pinion')));
  assert.ok(!existsSync(join(prefix, 'lib/pinion')));
  assert.ok(!existsSync(join(repository, 'dev/pinion/pinion-core')));
});
