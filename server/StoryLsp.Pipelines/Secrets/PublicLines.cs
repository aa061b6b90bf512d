using StoryLsp.Continuity.Secrets;
using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Settings;
using StoryLsp.Language.Text;

namespace StoryLsp.Pipelines.Secrets;

/// <summary>The lines of a file that may be told as they stand there: none that holds a secret field or one that no schema knows, none of a scene, a fact or a clue whose time has not come, no comment.</summary>
public sealed class PublicLines
{
    private const string OtherName = "story.yml";

    private readonly StorySecrets _secrets;
    private readonly SourceText? _text;
    private readonly List<TextSpan> _kept = [];
    private readonly List<TextSpan> _comments = [];

    /// <summary>Reads a file.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="secrets">What must not be said.</param>
    /// <param name="path">Workspace-relative path of the file.</param>
    public PublicLines(Snapshot snapshot, StorySecrets secrets, string path)
    {
        _secrets = secrets;
        var document = snapshot.Document(path);
        _text = document?.Text;
        if (document is null || snapshot.Facts(path) is not { } facts)
        {
            return;
        }

        var today = ReferenceEquals(document.Facts, facts) || document.Facts.Containers.Count == facts.Containers.Count ? document.Facts : facts;
        var parts = SecretParts.Of(snapshot, today);
        var told = new Told(snapshot, secrets);
        _kept.AddRange(parts.Spans);
        _comments.AddRange(CommentPlaces.Of(document));
        foreach (var container in today.Containers.Select(fact => new Container(today, fact)))
        {
            if (secrets.Hides(container) || secrets.IsLater(container))
            {
                _kept.Add(container.Fact.Span);
            }

            foreach (var field in container.Fact.Fields.Where(field => !IsHead(field) && (parts.PublicField(container.Type, field) is not { } known || (told.IsKeptField(container, known.Name) && known.Name is not ("name" or "title")))))
            {
                _kept.Add(TextSpan.FromBounds(field.KeySpan.Start, Math.Max(field.KeySpan.End, field.Value.Span.End)));
            }
        }

        _kept.AddRange(today.References
            .Where(reference => snapshot.Resolve(reference, path).Candidates.Any(one => secrets.Hides(one) || secrets.IsLater(one)))
            .Select(reference => reference.Span));
    }

    /// <summary>A line without its end; null where it must not be told, or where there is no such line.</summary>
    /// <param name="line">Its number, from 0.</param>
    public string? Line(int line)
    {
        if (_text is null || line < 0 || line >= _text.LineCount)
        {
            return null;
        }

        var span = _text.GetLineSpan(line);
        var told = _text.Slice(span);
        return IsKept(span) || Touches(_comments, span) || _secrets.Says(told, out _) ? null : told;
    }

    /// <summary>Whether a place holds anything that must not be told.</summary>
    /// <param name="span">The place, in UTF-16 code units.</param>
    public bool IsKept(TextSpan span) => Touches(_kept, span);

    /// <summary>Whether a file holds the settings of a story, or was meant to: keys and addresses may stand there, and nothing of the story does.</summary>
    /// <param name="path">Workspace-relative path with <c>/</c>.</param>
    public static bool IsSettings(string path) =>
        path[(path.LastIndexOf('/') + 1)..] is var name && (name.Equals(SettingsReader.FileName, StringComparison.OrdinalIgnoreCase) || name.Equals(OtherName, StringComparison.OrdinalIgnoreCase));

    private static bool Touches(List<TextSpan> places, TextSpan span) =>
        places.Exists(kept => kept.Start < span.End && span.Start < kept.End) || (span.IsEmpty && places.Exists(kept => kept.Contains(span.Start)));

    private static bool IsHead(FieldFact field) => field.Name.Equals("id", StringComparison.OrdinalIgnoreCase) || field.Name.Equals("type", StringComparison.OrdinalIgnoreCase);
}

/// <summary>Findings that a model may read.</summary>
public static class PublicFindings
{
    /// <summary>Those that stand neither in a secret nor in the settings, and say no secret; whose proofs neither.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="secrets">What must not be said.</param>
    /// <param name="findings">The findings, with the workspace-relative paths of their documents.</param>
    public static IReadOnlyList<(string Path, Finding Finding)> Of(Snapshot snapshot, StorySecrets secrets, IReadOnlyList<(string Path, Finding Finding)> findings)
    {
        var files = new Dictionary<string, PublicLines>(StringComparer.Ordinal);
        return [.. findings.Where(found => !PublicLines.IsSettings(found.Path) && !Lines(found.Path).IsKept(found.Finding.Span) && !secrets.Says(found.Finding.Message, out _) &&
            found.Finding.Related.All(place => !secrets.Says(place.Message, out _)))];

        PublicLines Lines(string path) => files.TryGetValue(path, out var known) ? known : files[path] = new(snapshot, secrets, path);
    }
}
