// What is done with many rows of a table at once: export, import and deletion.

import { DynamoError, call } from './dynamo.js';
import { download, upload } from './dom.js';
import { ask, openMenu } from './pop.js';
import { RowFileError, fromFile, toCsv, toJson } from './rowfiles.js';
import { plural } from './words.js';

const BATCH = 25;

/**
 * Opens the menu.
 *
 * @param view the rows that are shown, and what the view of tables does with them
 */
export function fileMenu(button, view) {
  const { set } = view;
  const items = () => set.shown.map(each => each.item);
  const name = ending => `${set.table.id}.${ending}`;
  const note = () => plural(set.shown.length, 'row');
  openMenu(button, [
    { label: 'Export as JSON', note: `${note()}, with types`, choose: () => download(name('json'), toJson(items())) },
    { label: 'Export as CSV', note: note(), choose: () => download(name('csv'), toCsv(items(), set.columns), 'text/csv') },
    { label: 'Import…', note: 'JSON or CSV; replaces rows with the same keys', choose: () => importRows(view) },
    set.shown.length && { label: 'Delete these rows…', note: set.filter.trim() ? `${note()} that the filter lets pass` : note(),
      choose: () => removeShown(view) },
  ].filter(Boolean));
}

/** Deletes the rows that the filter lets pass, once asked. */
async function removeShown({ set: mine, page, failed, read, close, count }) {
  const items = mine.shown.map(each => each.item);
  const dialog = document.getElementById('delete-rows');
  dialog.querySelector('.note').textContent = `${plural(items.length, 'row')} of ${mine.table.id} `
    + `${items.length === 1 ? 'is' : 'are'} deleted. Handlers of its changes are told.`;
  if (!await ask(dialog)) return;
  let done = 0;
  try {
    for (; done < items.length; done += Math.min(BATCH, items.length - done)) {
      const part = items.slice(done, done + BATCH);
      await call('BatchWriteItem', { RequestItems: { [mine.table.id]: part.map(item => ({ DeleteRequest: { Key: mine.key(item) } })) } });
      if (done % 2500 === 0) count.textContent = `${done.toLocaleString('en')} rows deleted …`;
    }
    page.say(`Deleted ${plural(done, 'row')}.`);
  } catch (error) {
    failed(error);
    if (done) page.say(`${error.message.replace(/\.?$/, '.')} ${plural(done, 'row')} before it ${done === 1 ? 'is' : 'are'} deleted.`);
  }
  close();
  await read();
}

async function importRows({ set: mine, page, failed, read, count }) {
  const file = await upload('.json,.csv,application/json,text/csv');
  if (!file) return;
  let done = 0;
  try {
    const items = fromFile(file, mine.table);
    for (let i = 0; i < items.length; i += BATCH) {
      const part = [...new Map(items.slice(i, i + BATCH).map((item, j) => [mine.id(item), { item, row: i + j + 1 }])).values()];
      try {
        await call('BatchWriteItem', { RequestItems: { [mine.table.id]: part.map(({ item }) => ({ PutRequest: { Item: item } })) } });
        done += part.length;
      } catch (error) {
        if (!(error instanceof DynamoError)) throw error;
        for (const { item, row } of part) { // one by one, to know which of them is refused
          await call('PutItem', { TableName: mine.table.id, Item: item }).catch(({ message }) => {
            throw new RowFileError(`Row ${row}: ${message}`);
          });
          done++;
        }
      }
      if (i % 2500 === 0) count.textContent = `${done.toLocaleString('en')} rows imported …`;
    }
    page.say(`Imported ${plural(done, 'row')}.`);
  } catch (error) {
    failed(error);
    if (done) page.say(`${error.message.replace(/\.?$/, '.')} ${plural(done, 'row')} before it ${done === 1 ? 'is' : 'are'} imported.`);
  }
  await read();
}
