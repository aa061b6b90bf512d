using System.Globalization;
using System.Text.RegularExpressions;
using StoryLsp.Continuity;
using StoryLsp.Continuity.Edits;
using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Features.Refactorings;

/// <summary>
/// The attributes of two scenes as those of one: lists joined, and a comment with what the second says otherwise, and with all of its lines that no attribute was read from.
/// </summary>
internal sealed partial class JoinedAttributes(Snapshot snapshot, SceneText first, SceneText second)
{
    // What names a scene and its place goes with the second; what it says of its time is no time of the first.
    private static readonly string[] Gone = ["order", "number"];
    private static readonly string[] OfItsOwn = ["when", "duration", "until", "time_of_day", "synopsis"];
    private static readonly char[] Nothing = [' ', '\t', '{', '}', ','];

    private readonly List<TextSpan> _gone = [];
    private readonly List<Joint> _joined = [];
    private readonly List<string> _rest = [];

    // An entry of the second, what it does to the first, and what the first then says.
    private sealed record Joint(YamlEntry Entry, string Field, TextEdit? Edit, bool IsNew, IReadOnlyList<string> Values);

    /// <summary>The heading that names the second scene; null where none does.</summary>
    public HeadingFact? Title { get; } = second.Heading ?? TitleOf(second);

    /// <summary>The comment; empty where nothing is said otherwise. Lines end with a line feed.</summary>
    public string Comment => _rest.Count == 0 ? "" : $"<!-- “{second.Scene.Name}” said of itself:\n{string.Join('\n', _rest)}\n-->";

    /// <summary>Adds the edits of the first; false where what is left cannot stand in a comment.</summary>
    public bool TryJoin(FileEdits edits)
    {
        foreach (var entry in second.Root()?.Entries ?? [])
        {
            if (entry.Key is YamlScalar key)
            {
                Join(entry, key);
            }
        }

        if (!ReadsAsMeant())
        {
            _joined.Clear();
        }

        foreach (var edit in Edits())
        {
            edits.Add(first.Path, edit);
        }

        if (Title is { } title && second.Text.Slice(title.Span).Trim() is var heading &&
            !(SecondScene.IsNameAfter(first.Scene.Name, second.Scene.Name) && heading == new string('#', title.Level) + " " + second.Scene.Name))
        {
            _rest.AddRange(heading.ReplaceLineEndings("\n").Split('\n'));
        }

        _rest.AddRange(Unsaid());
        return !_rest.Exists(line => line.Contains("-->", StringComparison.Ordinal) || line.Contains("%%", StringComparison.Ordinal)) && !second.Scene.Name.Contains("-->", StringComparison.Ordinal);
    }

    private static HeadingFact? TitleOf(SceneText scene) =>
        scene.Fact.NameSpan is { } name && scene.Document.Facts.Headings.FirstOrDefault(heading => heading.TextSpan == name || heading.Span.Contains(name)) is { } title && title.Span.Start >= scene.BodyStart &&
        string.IsNullOrWhiteSpace(scene.Text.Slice(TextSpan.FromBounds(scene.BodyStart, title.Span.Start))) ? title : null;

    // New entries stand behind the last one, so that they come behind what is added to its list.
    private IEnumerable<TextEdit> Edits() => _joined.OrderBy(joint => joint.IsNew).Select(joint => joint.Edit).OfType<TextEdit>().OrderBy(edit => edit.Span.Start);

    private void Join(YamlEntry entry, YamlScalar key)
    {
        var fact = second.Fact;
        var isSecondName = fact.NameSpan is { } name && entry.Value.Span.Touches(name.Start);
        if ((fact.IdSpan is { } id && entry.Value.Span.Touches(id.Start)) || (fact.TypeSpan is { } type && entry.Value.Span.Touches(type.Start) && fact.Type == first.Fact.Type) ||
            (isSecondName && SecondScene.IsNameAfter(first.Scene.Name, second.Scene.Name)))
        {
            _gone.Add(entry.Span);
            return;
        }

        if (isSecondName || fact.Fields.FirstOrDefault(field => field.KeySpan == key.Span || field.KeySpan == key.ContentSpan) is not { } known)
        {
            return;
        }

        if (Gone.Contains(known.Name))
        {
            _gone.Add(entry.Span);
        }
        else if (Joined(entry, known) is { } joint)
        {
            _joined.Add(joint);
        }
    }

    private Joint? Joined(YamlEntry entry, FieldFact field)
    {
        var own = first.Fact.Field(field.Name);
        if (own is not null && ListEdits.Unindented(first.Text, own.Value.Span) == ListEdits.Unindented(second.Text, field.Value.Span))
        {
            return new(entry, field.Name, null, false, Values(first, own.Value));
        }

        // What is named by an anchor, or has a tag, may mean something else in another place.
        if (Shared().IsMatch(second.Text.Slice(entry.Span)))
        {
            return null;
        }

        if (own is null)
        {
            return !OfItsOwn.Contains(field.Name) && Inserted(entry) is { } insertion ? new(entry, field.Name, insertion, true, Values(second, field.Value)) : null;
        }

        if (field.Name == "target_words" && Number(own) is { } one && Number(field) is { } other && own.Value is YamlScalar words)
        {
            var sum = (one + other).ToString(CultureInfo.InvariantCulture);
            return new(entry, field.Name, new(words.Span, sum), false, [sum]);
        }

        return Added(own, field) is { } added && Appended(own, added) is { } appended
            ? new(entry, field.Name, appended.NewText.Length > 0 ? appended : null, false, [.. Values(first, own.Value), .. added]) : null;
    }

    private static List<string> Values(SceneText scene, YamlNode node) =>
        node is YamlSequence list ? [.. ListEdits.ItemsOf(scene.Text, list)] : [ListEdits.Unindented(scene.Text, node.Span)];

    // What is joined is read again: each attribute says what it said, and those that were joined what they are to say.
    private bool ReadsAsMeant()
    {
        if (!Edits().Any())
        {
            return true;
        }

        var text = first.Text.WithEdits(Edits());
        var after = snapshot.Projected(new Dictionary<string, SourceText?> { [first.Path] = text }, Findings.DocumentRules);
        if (after.ContainersIn(first.Path).ElementAtOrDefault(first.Fact.Index) is not { } container || SceneText.Of(after, container) is not { } now || Errors(now) > Errors(first))
        {
            return false;
        }

        var added = _joined.Where(joint => joint.IsNew).Select(joint => joint.Field).ToList();
        return now.Fact.Fields.Select(field => field.Name).Order(StringComparer.Ordinal).SequenceEqual(first.Fact.Fields.Select(field => field.Name).Concat(added).Order(StringComparer.Ordinal)) &&
            now.Fact.Fields.All(field => Values(now, field.Value).SequenceEqual(
                _joined.FirstOrDefault(joint => joint.Field == field.Name)?.Values ?? Values(first, first.Fact.Field(field.Name)!.Value)));
    }

    private static int Errors(SceneText scene) => scene.Document.YamlRegions.Sum(region => region.Tree.Errors.Count);

    // The lines of the second's YAML that hold more than what is joined: other entries, comments, and what could not be read.
    private IEnumerable<string> Unsaid()
    {
        if ((second.Fence?.Content ?? (second.IsFile ? second.Document.Markdown?.FrontMatter?.Content : null)) is not { IsEmpty: false } content)
        {
            yield break;
        }

        var text = second.Text;
        var said = _gone.Concat(_joined.Select(joint => joint.Entry.Span)).ToList();
        var comments = second.Document.YamlRegions.SelectMany(region => region.Tree.Comments).Select(comment => comment.Span).ToList();
        var (blanks, isOpen) = (0, false);
        for (var line = text.GetPosition(content.Start).Line; line < text.LineCount && text.LineStarts[line] < content.End; line++)
        {
            var span = TextSpan.FromBounds(Math.Max(content.Start, text.LineStarts[line]), Math.Min(content.End, text.GetLineSpan(line).End));
            var written = text.Slice(span).TrimEnd();
            var isUnsaid = comments.Exists(comment => comment.Overlaps(span)) ||
                Enumerable.Range(span.Start, span.Length).Any(at => !char.IsWhiteSpace(text.Text[at]) && !Nothing.Contains(text.Text[at]) && !said.Exists(entry => entry.Start <= at && at < entry.End));
            if (isUnsaid)
            {
                for (; isOpen && blanks > 0; blanks--)
                {
                    yield return "";
                }

                yield return written;
            }

            isOpen = isUnsaid || (isOpen && written.Length == 0);
            blanks = !isUnsaid && written.Length == 0 ? blanks + 1 : 0;
        }
    }

    private static long? Number(FieldFact field) => long.TryParse(field.Value.AsText(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    // The whole entry, where both stand in the first column.
    private TextEdit? Inserted(YamlEntry entry)
    {
        if (first.Root() is not { IsFlow: false, Entries: [.., var last] } root || first.Text.GetPosition(root.Span.Start).Character != second.Text.GetPosition(entry.Span.Start).Character)
        {
            return null;
        }

        var lines = second.Text.Slice(entry.Span).TrimEnd().ReplaceLineEndings(first.Text.DominantLineEnding);
        return EntryEdits.InsertLine(first.Text, last.Span, EntryEdits.IndentOf(first.Text, root.Span.Start) + lines);
    }

    // The items that the first has not; null where they are no list.
    private List<string>? Added(FieldFact own, FieldFact field)
    {
        var items = field.Value is YamlSequence list ? Meanings(second, field).Zip(ListEdits.ItemsOf(second.Text, list)).ToList()
            : field.Value is YamlScalar { IsNull: false } scalar && own.Value is YamlSequence ? [(Meanings(second, field)[0], ListEdits.Unindented(second.Text, scalar.Span))] : null;
        var known = Meanings(first, own).ToHashSet();
        return items?.Where(item => known.Add(item.First)).Select(item => item.Second).ToList();
    }

    // An edit without text where the first has all, null where lists cannot be joined.
    private TextEdit? Appended(FieldFact own, List<string> added)
    {
        if (own.Value is not (YamlSequence or YamlScalar { IsNull: false }))
        {
            return null;
        }

        if (added.Count == 0)
        {
            return new(own.Value.Span with { Length = 0 }, "");
        }

        var isOneLine = !added.Exists(item => item.Contains('\n', StringComparison.Ordinal));
        return own.Value switch
        {
            YamlSequence { Items.Count: > 0 } whole => ListEdits.InsertAfter(first.Text, whole, whole.Items.Count - 1, added),
            YamlSequence { IsFlow: true } empty when isOneLine => new(new(empty.Span.Start + 1, 0), string.Join(", ", added)),
            YamlScalar one when isOneLine && !first.Text.Slice(one.Span).Contains('\n', StringComparison.Ordinal) =>
                new(one.Span, $"[{first.Text.Slice(one.Span)}, {string.Join(", ", added)}]"),
            _ => null,
        };
    }

    // What each item of a list means: the container that it names, else its text.
    private List<object> Meanings(SceneText scene, FieldFact field)
    {
        IReadOnlyList<YamlNode> items = field.Value is YamlSequence list ? list.Items : [field.Value];
        return [.. items.Select(item => (object?)Named(scene, item) ?? ListEdits.Unindented(scene.Text, item.Span))];
    }

    private ContainerKey? Named(SceneText scene, YamlNode item) =>
        item is YamlScalar && scene.Document.Facts.References.FirstOrDefault(reference => item.Span.Contains(reference.Span)) is { } reference ? snapshot.Resolve(reference, scene.Path).Container?.Key : null;

    [GeneratedRegex(@"(?:^|[\s\[{,:])[&*!]\S", RegexOptions.CultureInvariant)]
    private static partial Regex Shared();
}
