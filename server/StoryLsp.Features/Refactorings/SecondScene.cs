using System.Globalization;
using System.Text.RegularExpressions;
using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Features.Refactorings;

/// <summary>
/// The second half of a scene that is split: what it is called, where it goes, and what of the attributes it has too. What happens in a scene (its time, its effects, its
/// threads) stays with the first half, as only the writer knows in which half it happens.
/// </summary>
internal sealed partial class SecondScene
{
    private static readonly string[] Shared = ["pov", "location", "chapter", "strand", "timeline", "status"];

    private const int Most = 32;

    private const string SignsOfLinks = "[]|#^";

    private readonly Snapshot _snapshot;
    private readonly SceneText _first;
    private readonly int _at;

    public SecondScene(Snapshot snapshot, SceneText first, int at, string? name)
    {
        _snapshot = snapshot;
        _first = first;
        _at = at;
        var (number, path) = Free(name);
        var counted = number.ToString(CultureInfo.InvariantCulture);
        Name = name is { Length: > 0 } ? name : NameOf(first.Scene.Name, counted);
        Path = path;
        Id = first.Fact.IdIsWritten ? $"{first.Fact.Id}-{counted}" : Slug.Of(path is null ? Name : FileSet.StemOf(path));
        Refusal = Name.Any(char.IsControl) || Name.AsSpan().ContainsAny(SignsOfLinks) ? "A name is one line, without the signs of links: [ ] | # ^"
            : name is { Length: > 0 } && snapshot.Named(name) is [var other, ..] ? $"{other.Container.Name} in {other.Container.Path} is called so already. Choose another name."
            : null;
    }

    public string Name { get; }

    public string Id { get; }

    /// <summary>Workspace-relative path of its file; null where it stays in the same.</summary>
    public string? Path { get; }

    public string? Refusal { get; }

    /// <summary>Whether a name is one that a split gives to the second half of a scene.</summary>
    public static bool IsNameAfter(string name, string second) => Counted().Match(second) is { Success: true } match && BaseOf(name) == match.Groups["name"].Value;

    /// <summary>The heading of the second half with its fence, up to its prose.</summary>
    public string HeadingLines(HeadingFact heading, SceneText first, string end)
    {
        var lines = new List<string> { new string('#', heading.Level) + " " + Name };
        if (first.Fence is { } fence)
        {
            var fields = Fields(writesName: first.Fact.NameSpan is { } own && fence.Span.Contains(own));
            var mark = first.Text.Slice(first.Text.GetLineSpan(first.Text.GetPosition(fence.Span.Start).Line)).Trim();
            lines.Add(mark);
            lines.AddRange(fields);
            lines.Add(mark[..(mark.Length - mark.TrimStart('`', '~').Length)]);
        }

        // The blank line that the first half has behind its attributes, or not.
        var body = first.Text.GetPosition(first.BodyStart).Line;
        var isBlank = body < first.Text.LineCount && string.IsNullOrWhiteSpace(first.Text.Slice(first.Text.GetLineSpan(body)));
        return string.Join(end, lines) + end + (isBlank ? end : "");
    }

    /// <summary>What stands before the prose in the file of the second half.</summary>
    public string FileHead(string end)
    {
        var isHeading = _first.Document.Facts.Headings.Any(heading => heading.Span == LineOf(_first.Fact.NameSpan) || heading.TextSpan == _first.Fact.NameSpan);
        var fields = Fields(writesName: _first.Fact.NameSpan is not null && !isHeading);
        var front = fields.Count == 0 ? "" : "---" + end + string.Join(end, fields) + end + "---" + end + end;
        return front + (isHeading ? "# " + Name + end + end : "");
    }

    private TextSpan? LineOf(TextSpan? span) => span is { } own ? _first.Text.GetLineSpan(_first.Text.GetPosition(own.Start).Line) : null;

    private List<string> Fields(bool writesName)
    {
        var result = new List<string>();
        foreach (var entry in _first.Root()?.Entries ?? [])
        {
            if (entry.Key is not YamlScalar key || Line(entry, key) is not { } line)
            {
                continue;
            }

            result.Add(line);
        }

        return result;

        string? Line(YamlEntry entry, YamlScalar key)
        {
            var written = _first.Text.Slice(key.Span);
            if (_first.Fact.TypeSpan is { } type && entry.Value.Span.Touches(type.Start))
            {
                return OneLine(entry);
            }

            if (_first.Fact.IdSpan is { } id && entry.Value.Span.Touches(id.Start))
            {
                return $"{written}: {YamlText.Scalar(Id)}";
            }

            if (_first.Fact.NameSpan is { } name && entry.Value.Span.Touches(name.Start))
            {
                return writesName ? $"{written}: {YamlText.Scalar(Name)}" : null;
            }

            var field = _first.Fact.Fields.FirstOrDefault(field => field.KeySpan == key.Span || field.KeySpan == key.ContentSpan);
            return field?.Name switch
            {
                "order" => Order(field) is { } order ? $"{written}: {order}" : null,
                "characters" or "mentions" => Cast(field, written),
                { } known when Shared.Contains(known) => OneLine(entry),
                _ => null,
            };
        }
    }

    private string? OneLine(YamlEntry entry) => _first.Text.Slice(entry.Span) is var line && line.Contains('\n', StringComparison.Ordinal) ? null : line.TrimEnd();

    // Who is named behind the place is there; who dies in the scene may be dead by then.
    private string? Cast(FieldFact field, string key)
    {
        var named = _snapshot.Mentions.In(_first.Path).Where(mention => mention.Span.Start >= _at && mention.Span.Start < _first.End)
            .SelectMany(mention => _snapshot.Mentions.Meant(_first.Path, mention)).ToHashSet();
        named.UnionWith(_first.Document.Facts.Links.Where(link => link.Span.Start >= _at && link.Span.Start < _first.End)
            .Select(link => _snapshot.ResolveLink(link, _first.Path).Container?.Key).OfType<ContainerKey>());
        var dead = Continuity.State.StoryState.Of(_snapshot).World.SourceOf(_first.Scene.Key) is { } effects ? DeadIn(effects) : [];
        var references = _first.Document.Facts.References.Where(reference => reference.Container == _first.Fact.Index && reference.Field == field.Name);
        var kept = references.Where(reference => _snapshot.Resolve(reference, _first.Path).Container is { } who && named.Contains(who.Key) && !dead.Contains(who.Key))
            .Select(reference => reference.IsLink ? YamlText.Quoted($"[[{reference.Text}]]") : YamlText.Scalar(reference.Text)).ToList();
        return kept.Count == 0 ? null : $"{key}: [{string.Join(", ", kept)}]";
    }

    private static HashSet<ContainerKey> DeadIn(Continuity.State.SourceEffects effects) =>
        [.. effects.Effects.Select(written => written.Effect).OfType<Continuity.State.Dies>().Select(death => death.Who)];

    /// <summary>The next number, or one between this and the next where that is taken.</summary>
    private string? Order(FieldFact field)
    {
        if (Chapters.NumberOf(field.Value.AsText()) is not { } own)
        {
            return null;
        }

        var later = Chapters.SameChapter(_snapshot, _first.Scene).Select(Chapters.OrderOf).OfType<decimal>().Where(order => order > own).DefaultIfEmpty(own + 2).Min();
        return (later > own + 1 ? own + 1 : (own + later) / 2).ToString(CultureInfo.InvariantCulture);
    }

    // One number for name, id and file, that nothing is called by and no link means.
    private (int Number, string? Path) Free(string? name)
    {
        var linked = _snapshot.Documents.SelectMany(facts => facts.Links).Select(link => NameKey.Of(FileSet.StemOf(link.Target))).ToHashSet();
        // Where the files' names give the order, the new one must come behind the old.
        var position = _snapshot.Narrative.PositionOf(_first.Scene);
        var next = position >= 0 && position + 1 < _snapshot.Narrative.Count ? _snapshot.Narrative.At(position + 1).Path : null;
        var isByPath = Manuscript.Of(_snapshot)?.Find(_snapshot, _first.Scene) is null && _first.Fact.Field("order") is null;
        (int, string?)? other = null;
        for (var number = 2; ; number++)
        {
            var counted = number.ToString(CultureInfo.InvariantCulture);
            var title = NameOf(_first.Scene.Name, counted);
            if ((name is not { Length: > 0 } && (IsTaken(title) || IsTaken(Slug.Of(title)))) || (_first.Fact.IdIsWritten && IsTaken($"{_first.Fact.Id}-{counted}")))
            {
                continue;
            }

            if (!_first.IsFile)
            {
                return (number, null);
            }

            foreach (var path in PathsOf(counted, isByPath))
            {
                var stem = FileSet.StemOf(path);
                if (_snapshot.Files.Find(path) is not null || _snapshot.Files.FindLinked(stem, _first.Path) is not null || IsTaken(stem) || IsTaken(Slug.Of(stem)))
                {
                    continue;
                }

                if (!isByPath || (NaturalOrder.Instance.Compare(_first.Path, path) < 0 && (next is null || FileSet.FolderOf(next) != FileSet.FolderOf(path) || NaturalOrder.Instance.Compare(path, next) < 0)))
                {
                    return (number, path);
                }

                other ??= (number, path);
            }

            if (other is { } found && number > Most)
            {
                return found;
            }
        }

        bool IsTaken(string text) => _snapshot.Named(text).Count > 0 || linked.Contains(NameKey.Of(text));
    }

    private IEnumerable<string> PathsOf(string number, bool isByPath)
    {
        var stem = FileSet.StemOf(_first.Path);
        var folder = FileSet.FolderOf(_first.Path) is { Length: > 0 } known ? known + "/" : "";
        var join = stem.Contains(' ', StringComparison.Ordinal) || stem.Any(char.IsUpper) ? " " : "-";
        return (isByPath ? [join, "_", "~"] : (string[])[join]).Select(between => $"{folder}{stem}{between}{number}{System.IO.Path.GetExtension(_first.Path)}");
    }

    private static string NameOf(string name, string number) => $"{BaseOf(name)} ({number})";

    // Without the signs that no name may have which a server gives.
    private static string BaseOf(string name)
    {
        var one = Counted().Match(name) is { Success: true } match ? match.Groups["name"].Value : name;
        var words = new string([.. one.Select(unit => char.IsControl(unit) ? ' ' : unit).Where(unit => !SignsOfLinks.Contains(unit, StringComparison.Ordinal))]).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length > 0 && one.AsSpan().ContainsAny(SignsOfLinks) ? string.Join(' ', words) : one;
    }

    [GeneratedRegex(@"^(?<name>.*\S) \(\d{1,4}\)$", RegexOptions.CultureInvariant)]
    private static partial Regex Counted();
}
