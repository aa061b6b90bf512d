namespace StoryLsp.Index.Storage;

/// <summary>The tables and views of the index file. What users may rely on stands in the folder's README.</summary>
internal static class IndexSchema
{
    /// <summary>Grows by one whenever the tables change; an index of another version is built anew.</summary>
    public const int Version = 3;

    // Rows are joined by numbers, and the views give them their names. `search` holds no text: its rowid is the file's text_row, and a
    // changed file gets a new one, as SQLite 3.35 cannot delete from a table without content.
    public const string Create = """
        CREATE TABLE files(
          id INTEGER PRIMARY KEY,
          path TEXT NOT NULL UNIQUE,
          kind TEXT NOT NULL,
          size INTEGER NOT NULL,
          modified INTEGER NOT NULL,
          hash TEXT NOT NULL,
          words INTEGER NOT NULL DEFAULT 0,
          text_row INTEGER,
          has_rows INTEGER NOT NULL DEFAULT 0);
        CREATE INDEX files_without_rows ON files(id) WHERE has_rows = 0;
        CREATE UNIQUE INDEX files_text_row ON files(text_row) WHERE text_row IS NOT NULL;
        CREATE TABLE document_cache(file INTEGER PRIMARY KEY, data BLOB NOT NULL);
        CREATE TABLE numbers(name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
        INSERT INTO numbers VALUES('text_row', 0);

        CREATE TABLE container_rows(
          key INTEGER PRIMARY KEY, file INTEGER NOT NULL, position INTEGER NOT NULL, parent INTEGER,
          type TEXT NOT NULL, id TEXT NOT NULL, id_key TEXT NOT NULL, folder_id TEXT NOT NULL, folder_id_key TEXT NOT NULL,
          has_written_id INTEGER NOT NULL, name TEXT NOT NULL, start INTEGER NOT NULL, length INTEGER NOT NULL,
          line INTEGER NOT NULL, character INTEGER NOT NULL, end_line INTEGER NOT NULL);
        CREATE INDEX container_file ON container_rows(file);
        CREATE INDEX container_id ON container_rows(id_key);
        CREATE INDEX container_folder_id ON container_rows(folder_id_key);
        CREATE TABLE alias_rows(file INTEGER NOT NULL, container INTEGER NOT NULL, alias TEXT NOT NULL, line INTEGER NOT NULL, character INTEGER NOT NULL);
        CREATE INDEX alias_file ON alias_rows(file);
        CREATE TABLE field_rows(file INTEGER NOT NULL, container INTEGER NOT NULL, position INTEGER NOT NULL, name TEXT NOT NULL,
          value TEXT, is_json INTEGER NOT NULL, is_known INTEGER NOT NULL, line INTEGER NOT NULL, character INTEGER NOT NULL);
        CREATE INDEX field_file ON field_rows(file);
        CREATE TABLE ref_rows(file INTEGER NOT NULL, container INTEGER, field TEXT NOT NULL, text TEXT NOT NULL, target_type TEXT,
          is_link INTEGER NOT NULL, line INTEGER NOT NULL, character INTEGER NOT NULL);
        CREATE INDEX ref_file ON ref_rows(file);
        CREATE TABLE link_rows(file INTEGER NOT NULL, container INTEGER, kind TEXT NOT NULL, target TEXT NOT NULL, anchor TEXT, shown TEXT,
          line INTEGER NOT NULL, character INTEGER NOT NULL);
        CREATE INDEX link_file ON link_rows(file);
        CREATE TABLE heading_rows(file INTEGER NOT NULL, level INTEGER NOT NULL, text TEXT NOT NULL, slug TEXT NOT NULL, line INTEGER NOT NULL);
        CREATE INDEX heading_file ON heading_rows(file);
        CREATE VIRTUAL TABLE search USING fts5(text, content='', tokenize='unicode61 remove_diacritics 2');

        CREATE VIEW containers AS
          SELECT c.key, CASE WHEN c.has_written_id THEN c.id
              WHEN EXISTS(SELECT 1 FROM container_rows o WHERE o.id_key = c.id_key AND o.key <> c.key)
                OR EXISTS(SELECT 1 FROM container_rows o WHERE o.folder_id_key = c.id_key AND o.key <> c.key AND NOT o.has_written_id) THEN c.folder_id
              ELSE c.id END AS id,
            c.type, c.name, f.path, c.line, c.character, c.end_line, c.position, c.parent AS parent_key, c.has_written_id
          FROM container_rows c JOIN files f ON f.id = c.file;
        CREATE VIEW aliases AS
          SELECT a.container AS container_key, c.id AS container, a.alias, c.path, a.line, a.character FROM alias_rows a JOIN containers c ON c.key = a.container;
        CREATE VIEW fields AS
          SELECT v.container AS container_key, c.id AS container, c.type, v.name, v.value, v.is_json, v.is_known, c.path, v.line, v.character, v.position
          FROM field_rows v JOIN containers c ON c.key = v.container;
        CREATE VIEW refs AS
          SELECT r.container AS container_key, c.id AS container, r.field, r.text, r.target_type, r.is_link, f.path, r.line, r.character
          FROM ref_rows r JOIN files f ON f.id = r.file LEFT JOIN containers c ON c.key = r.container;
        CREATE VIEW links AS
          SELECT l.container AS container_key, c.id AS container, l.kind, l.target, l.anchor, l.shown, f.path, l.line, l.character
          FROM link_rows l JOIN files f ON f.id = l.file LEFT JOIN containers c ON c.key = l.container;
        CREATE VIEW headings AS
          SELECT f.path, h.level, h.text, h.slug, h.line FROM heading_rows h JOIN files f ON f.id = h.file;
        """;
}
