using System.Globalization;
using Microsoft.Data.Sqlite;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Index.Storage;

/// <summary>Writes the rows that questions are asked of: containers, fields, references, links, headings and the full text.</summary>
internal sealed class RowWriter : IDisposable
{
    private static readonly string[] Tables = ["container_rows", "alias_rows", "field_rows", "ref_rows", "link_rows", "heading_rows"];

    private readonly SqliteConnection _connection;
    private readonly List<SqliteCommand> _deletions = [];
    private readonly SqliteCommand _container;
    private readonly SqliteCommand _alias;
    private readonly SqliteCommand _field;
    private readonly SqliteCommand _reference;
    private readonly SqliteCommand _link;
    private readonly SqliteCommand _heading;
    private readonly SqliteCommand _nextTextRow;
    private readonly SqliteCommand _text;
    private readonly SqliteCommand _finish;

    public RowWriter(SqliteConnection connection)
    {
        _connection = connection;
        foreach (var table in Tables)
        {
            _deletions.Add(Statement.Of(connection, "DELETE FROM " + table + " WHERE file = ?1", 1));
        }

        _container = Insert("container_rows(file, position, parent, type, id, id_key, folder_id, folder_id_key, has_written_id, name, start, length, line, character, end_line)", 15, " RETURNING key");
        _alias = Insert("alias_rows(file, container, alias, line, character)", 5);
        _field = Insert("field_rows(file, container, position, name, value, is_json, is_known, line, character)", 9);
        _reference = Insert("ref_rows(file, container, field, text, target_type, is_link, line, character)", 8);
        _link = Insert("link_rows(file, container, kind, target, anchor, shown, line, character)", 8);
        _heading = Insert("heading_rows(file, level, text, slug, line)", 5);
        _nextTextRow = Statement.Of(connection, "UPDATE numbers SET value = value + 1 WHERE name = 'text_row' RETURNING value", 0);
        _text = Insert("search(rowid, text)", 2);
        _finish = Statement.Of(connection, "UPDATE files SET text_row = ?2, words = ?3, has_rows = 1 WHERE id = ?1", 3);
    }

    /// <summary>Writes all rows of a file in the place of those that it had.</summary>
    public void Write(long file, DocumentFacts facts, SourceText? text)
    {
        Remove(file);
        var keys = new long[facts.Containers.Count];
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = WriteContainer(file, facts, facts.Containers[i], keys);
        }

        foreach (var reference in facts.References)
        {
            var place = facts.Lines.GetPosition(reference.Span.Start);
            Run(_reference, file, Key(keys, reference.Container), reference.Field, reference.Text, reference.Target, reference.IsLink ? 1L : 0L, place.Line, place.Character);
        }

        foreach (var link in facts.Links)
        {
            var place = facts.Lines.GetPosition(link.Span.Start);
            Run(_link, file, Key(keys, link.Container), KindName(link.Kind), link.Target, link.Anchor, link.Shown, place.Line, place.Character);
        }

        foreach (var heading in facts.Headings)
        {
            Run(_heading, file, heading.Level, heading.Text, heading.Slug, facts.Lines.GetLine(heading.Span.Start));
        }

        long? row = null;
        if (text is { Length: > 0 })
        {
            row = Convert.ToInt64(_nextTextRow.ExecuteScalar(), CultureInfo.InvariantCulture);
            Run(_text, row, text.Text);
        }

        Run(_finish, file, row, text is null ? 0L : Words(facts, text));
    }

    /// <summary>Deletes all rows of a file.</summary>
    public void Remove(long file)
    {
        foreach (var deletion in _deletions)
        {
            Run(deletion, file);
        }
    }

    /// <summary>Begins the full text anew when most of it belongs to files that have changed since.</summary>
    public void ForgetOldTexts()
    {
        var ever = IndexDatabase.Number(_connection, "SELECT value FROM numbers WHERE name = 'text_row'");
        if (ever > 2000 && ever > 3 * IndexDatabase.Number(_connection, "SELECT count(*) FROM files"))
        {
            IndexDatabase.Execute(_connection, "INSERT INTO search(search) VALUES('delete-all'); UPDATE numbers SET value = 0 WHERE name = 'text_row'; UPDATE files SET text_row = NULL, has_rows = 0");
        }
    }

    public void Dispose()
    {
        foreach (var command in (SqliteCommand[])[.. _deletions, _container, _alias, _field, _reference, _link, _heading, _nextTextRow, _text, _finish])
        {
            command.Dispose();
        }
    }

    private long WriteContainer(long file, DocumentFacts facts, ContainerFact container, long[] keys)
    {
        var place = facts.Lines.GetPosition(container.SelectionSpan.Start);
        var folderId = DocumentKeys.PrefixedId(facts, container);
        _container.Bind(file, container.Index, Key(keys, container.Parent), container.Type, container.Id, NameKey.Of(container.Id), folderId, NameKey.Of(folderId),
            container.IdIsWritten ? 1L : 0L, container.Name, container.Span.Start, container.Span.Length, place.Line, place.Character, facts.Lines.GetLine(container.Span.End));
        var key = Convert.ToInt64(_container.ExecuteScalar(), CultureInfo.InvariantCulture);
        foreach (var alias in container.Aliases)
        {
            var at = facts.Lines.GetPosition(alias.Span.Start);
            Run(_alias, file, key, alias.Text, at.Line, at.Character);
        }

        for (var i = 0; i < container.Fields.Count; i++)
        {
            var field = container.Fields[i];
            var at = facts.Lines.GetPosition(field.KeySpan.Start);
            var value = field.Value.Resolve();
            var scalar = value as YamlScalar;
            var written = scalar is null ? YamlJson.Of(value!) : scalar.IsNull ? null : scalar.Value;
            Run(_field, file, key, i, field.Name, written, scalar is null ? 1L : 0L, field.Known ? 1L : 0L, at.Line, at.Character);
        }

        return key;
    }

    private SqliteCommand Insert(string target, int columns, string after = "") =>
        Statement.Of(_connection, "INSERT INTO " + target + " VALUES(" + string.Join(',', Enumerable.Range(1, columns).Select(i => "?" + i.ToString(CultureInfo.InvariantCulture))) + ")" + after, columns);

    private static void Run(SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        command.Bind(values);
        command.ExecuteNonQuery();
    }

    private static object? Key(long[] keys, int index) => index >= 0 && index < keys.Length ? keys[index] : null;

    private static int Words(DocumentFacts facts, SourceText text)
    {
        var words = 0;
        foreach (var prose in facts.Prose)
        {
            var start = Math.Clamp(prose.Span.Start, 0, text.Length);
            var inWord = false;
            foreach (var unit in text.Text.AsSpan(start, Math.Clamp(prose.Span.End, start, text.Length) - start))
            {
                var isWord = char.IsLetterOrDigit(unit) || (inWord && unit is '\'' or '\u2019' or '-');
                words += isWord && !inWord ? 1 : 0;
                inWord = isWord;
            }
        }

        return words;
    }

    private static string KindName(LinkKind kind) => kind switch
    {
        LinkKind.Wikilink => "wikilink",
        LinkKind.Embed => "embed",
        LinkKind.Markdown => "markdown",
        _ => "image",
    };
}
