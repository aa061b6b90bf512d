using Microsoft.Data.Sqlite;
using StoryLsp.Index.Search;
using StoryLsp.Index.Storage;
using StoryLsp.Language.Text;

namespace StoryLsp.Index;

public sealed partial class Workspace
{
    private const int MostHitsInFile = 5;
    private const int MostFiles = 500;
    private const int SnippetLength = 160;

    /// <summary>
    /// Looks for names, aliases and ids first, then in all texts, those of open buffers as they are now. All words must be there; words
    /// in quotes stand together; the last word may be unfinished; case and accents do not matter.
    /// </summary>
    /// <param name="text">What to look for; no sign in it has a meaning but the quote and a star behind a word.</param>
    /// <param name="limit">The greatest number of hits.</param>
    /// <param name="cancellation">Stops the search.</param>
    public async Task<IReadOnlyList<SearchHit>> SearchAsync(string text, int limit = 100, CancellationToken cancellation = default)
    {
        var query = SearchQuery.Parse(text);
        if (query.IsEmpty || limit <= 0)
        {
            return [];
        }

        var snapshot = Current;
        var result = await Task.Run(() => FindNames(query, snapshot, limit), cancellation).ConfigureAwait(false);
        if (result.Count < limit)
        {
            var paths = await FilesWithAsync(query, snapshot, cancellation).ConfigureAwait(false);
            await Task.Run(() => FindInTexts(query, snapshot, paths, result, limit, cancellation), cancellation).ConfigureAwait(false);
        }

        return result;
    }

    private static List<SearchHit> FindNames(SearchQuery query, Snapshot snapshot, int limit)
    {
        var found = new List<(int Order, Container Container, TextSpan Span)>();
        foreach (var container in snapshot.Containers)
        {
            var fact = container.Fact;
            foreach (var (name, span) in fact.Aliases.Select(alias => (alias.Text, (TextSpan?)alias.Span)).Prepend((fact.Id, fact.IdSpan)).Prepend((fact.Name, fact.NameSpan)))
            {
                if (query.Match(name) is { Count: > 0 } matches)
                {
                    var isWhole = matches.Count == query.Count && matches.TrueForAll(match => match.IsExact);
                    found.Add((isWhole ? name.Length : 1000 + name.Length, container, span ?? fact.SelectionSpan));
                    break;
                }
            }
        }

        return
        [
            .. found.OrderBy(hit => hit.Order).ThenBy(hit => hit.Container.Path, StringComparer.Ordinal).ThenBy(hit => hit.Container.Fact.Index).Take(limit)
                .Select(hit => new SearchHit(hit.Container.Path, hit.Span, hit.Container.Document.Lines.GetRange(hit.Span), hit.Container.Name, new(0, hit.Container.Name.Length), hit.Container)),
        ];
    }

    // Files whose text has all words, best first. SQLite knows those on disk; buffers and scripts without spaces are read here.
    private async Task<List<string>> FilesWithAsync(SearchQuery query, Snapshot snapshot, CancellationToken cancellation)
    {
        var result = OpenPaths.Where(path => snapshot.Facts(path) is not null).ToList();
        if (!query.SuitsFullText)
        {
            return [.. result.Union(snapshot.Documents.Select(facts => facts.Path).Order(StringComparer.Ordinal))];
        }

        for (var attempt = 0; ; attempt++)
        {
            try
            {
                var store = await ReadyStoreAsync(cancellation).ConfigureAwait(false);
                return [.. result.Union(await Task.Run(() => FilesWith(query, store), cancellation).ConfigureAwait(false))];
            }
            catch (SqliteException exception) when (attempt == 0 && exception.SqliteErrorCode is 11 or 26)
            {
                await RepairStoreAsync(exception, cancellation).ConfigureAwait(false);
            }
            catch (SqliteException)
            {
                // Slower, and just as right.
                return [.. result.Union(snapshot.Documents.Select(facts => facts.Path).Order(StringComparer.Ordinal))];
            }
        }
    }

    private static List<string> FilesWith(SearchQuery query, IndexStore store)
    {
        using var connection = store.OpenForReading();
        using var command = Statement.Of(connection, "SELECT f.path FROM search JOIN files f ON f.text_row = search.rowid WHERE search MATCH ?1 ORDER BY rank LIMIT ?2", 2);
        command.Bind(query.ToFullText(), (long)MostFiles);
        using var reader = command.ExecuteReader();
        var result = new List<string>();
        while (reader.Read())
        {
            result.Add(reader.GetString(0));
        }

        return result;
    }

    private void FindInTexts(SearchQuery query, Snapshot snapshot, List<string> paths, List<SearchHit> result, int limit, CancellationToken cancellation)
    {
        foreach (var path in paths)
        {
            cancellation.ThrowIfCancellationRequested();
            if (result.Count >= limit)
            {
                return;
            }

            if (Text(path, snapshot) is { } text)
            {
                AddHits(query, path, text, result, limit);
            }
        }
    }

    // Of a file the lines that have the most of the words.
    private static void AddHits(SearchQuery query, string path, SourceText text, List<SearchHit> result, int limit)
    {
        var lines = query.Match(text.Text)
            .GroupBy(match => text.Lines.GetLine(match.Span.Start))
            .Select(line => (Line: line.Key, Score: line.Select(match => match.Unit).Distinct().Count() * 2 + (line.Any(match => match.IsExact) ? 1 : 0), First: line.MinBy(match => match.Span.Start)))
            .ToList();
        if (lines.Count == 0)
        {
            return;
        }

        var best = lines.Max(line => line.Score);
        foreach (var line in lines.Where(line => line.Score == best).OrderBy(line => line.Line).Take(Math.Min(MostHitsInFile, limit - result.Count)))
        {
            var (snippet, at) = Snippet(text, line.First.Span);
            result.Add(new(path, line.First.Span, text.Lines.GetRange(line.First.Span), snippet, at, null));
        }
    }

    private static (string Snippet, TextSpan At) Snippet(SourceText text, TextSpan span)
    {
        var line = text.GetLineSpan(text.Lines.GetLine(span.Start));
        var start = line.Start;
        var end = Math.Max(line.End, span.End);
        if (end - start > SnippetLength)
        {
            start = Math.Max(start, Math.Min(span.Start - (SnippetLength / 3), end - SnippetLength));
            end = Math.Max(span.End, Math.Min(end, start + SnippetLength));
        }

        // Not through the middle of a character, and without the indentation.
        while (start < span.Start && (char.IsLowSurrogate(text.Text[start]) || char.IsWhiteSpace(text.Text[start])))
        {
            start++;
        }

        if (end < text.Length && end > span.End && char.IsLowSurrogate(text.Text[end]))
        {
            end--;
        }

        return (text.Text[start..end].ReplaceLineEndings(" ").TrimEnd(), new(span.Start - start, span.Length));
    }
}
