using System.Globalization;
using StoryLsp.Continuity;
using StoryLsp.Continuity.Secrets;
using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;
using StoryLsp.Pipelines.Secrets;

namespace StoryLsp.Pipelines.Offline;

/// <summary>
/// The algorithm <c>repairs</c>: mends the findings that the prompt lists by the rules' own fixes, where a rule has one that is nearly always right. What a
/// person takes out of the prompt's list is left alone. What needs to be judged is left alone as well: an empty list of edits is an honest answer.
/// </summary>
internal sealed class Repairs : IOfflineAlgorithm
{
    /// <summary>The label under which a prompt lists the findings.</summary>
    public const string FindingsLabel = "findings";

    private const int MostEdits = 100;

    public string Name => "repairs";

    public string ModelId => "offline-repairs";

    public string Answer(OfflineInput input)
    {
        var listed = PromptData.Of(input.Messages).Where(part => part.Label == FindingsLabel).SelectMany(part => part.Text.Split('\n')).ToList();
        var files = new Dictionary<string, FileRepair>(StringComparer.Ordinal);
        foreach (var (path, finding) in input.Asked)
        {
            if (IsListed(listed, input.Snapshot, path, finding) && Mechanical(input, path, finding) is { } fix)
            {
                Add(files, input, fix, finding.Code);
            }
        }

        return OfflineJson.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("edits");
            foreach (var edit in files.Values.OrderBy(file => file.Path, StringComparer.Ordinal).SelectMany(file => file.Edits()).Take(MostEdits))
            {
                writer.WriteStartObject();
                writer.WriteString("file", edit.File);
                writer.WriteString("old", OfflineJson.Whole(edit.Old));
                writer.WriteString("new", OfflineJson.Whole(edit.New));
                writer.WriteString("why", OfflineJson.Whole(edit.Why));
                writer.WriteString("code", edit.Code);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    private static bool IsListed(List<string> listed, Snapshot snapshot, string path, Finding finding)
    {
        if (snapshot.Text(path) is not { } text || finding.Span.End > text.Length)
        {
            return false;
        }

        var line = string.Create(CultureInfo.InvariantCulture, $"- {finding.Code} in {path}, line {text.GetPosition(finding.Span.Start).Line + 1}:");
        return listed.Any(entry => entry.StartsWith(line, StringComparison.Ordinal));
    }

    // The fix that the rule itself calls nearly always right; else the only one, where it changes nothing but the words at fault.
    private static Fix? Mechanical(OfflineInput input, string path, Finding finding)
    {
        var fixes = input.Findings.FixesOf(input.Snapshot, path, finding);
        if (fixes.FirstOrDefault(fix => fix.IsPreferred) is { } preferred)
        {
            return preferred;
        }

        return fixes is [{ Change.Files: [TextChange change] } only] && change.Path == path && change.Edits.All(edit => finding.Span.Start <= edit.Span.Start && edit.Span.End <= finding.Span.End) ? only : null;
    }

    private static void Add(Dictionary<string, FileRepair> files, OfflineInput input, Fix fix, string code)
    {
        var changes = fix.Change.Files.OfType<TextChange>().ToList();
        if (changes.Count != fix.Change.Files.Count)
        {
            return;
        }

        // A fix is whole or not at all.
        var wanted = new List<(FileRepair File, TextEdit Edit)>();
        foreach (var change in changes)
        {
            if (!files.TryGetValue(change.Path, out var file))
            {
                if (input.Snapshot.Text(change.Path) is not { } text)
                {
                    return;
                }

                file = files[change.Path] = new(change.Path, text, input.Snapshot, SecretsIn(input, change.Path));
            }

            wanted.AddRange(change.Edits.Select(edit => (file, edit)));
        }

        if (wanted.All(one => one.File.CanTake(one.Edit)))
        {
            foreach (var (file, edit) in wanted)
            {
                file.Take(edit, fix.Title, code);
            }
        }
    }

    // Each file is read as at its own place in the story: nothing of it goes to any other.
    private static StorySecrets SecretsIn(OfflineInput input, string path)
    {
        var at = input.Asked.Where(asked => asked.Path == path).Select(asked => input.Snapshot.ContainerAt(path, asked.Finding.Span.Start)).OfType<Container>().ToList();
        return StorySecrets.At(input.Snapshot, StorySecrets.Earliest(input.Snapshot, at.Count > 0 ? at : input.Snapshot.ContainersIn(path)));
    }
}

/// <summary>One edit of the answer.</summary>
/// <param name="File">The workspace-relative path.</param>
/// <param name="Old">Words that stand once in it.</param>
/// <param name="New">What takes their place.</param>
/// <param name="Why">What it mends, for the writer.</param>
/// <param name="Code">The rule.</param>
internal sealed record RepairEdit(string File, string Old, string New, string Why, string Code);

/// <summary>The edits of one file, each quoted with so many lines around it that the quotation stands in the file once.</summary>
internal sealed class FileRepair(string path, SourceText text, Snapshot snapshot, StorySecrets secrets)
{
    private readonly PublicLines _lines = new(snapshot, secrets, path);
    private readonly List<(TextEdit Edit, string Why, string Code)> _taken = [];

    public string Path => path;

    /// <summary>Whether an edit leaves alone what others change.</summary>
    public bool CanTake(TextEdit edit) => edit.Span.End <= text.Length &&
        _taken.All(other => other.Edit == edit || edit.Span.End < other.Edit.Span.Start || other.Edit.Span.End < edit.Span.Start);

    public void Take(TextEdit edit, string why, string code)
    {
        if (!_taken.Exists(other => other.Edit == edit))
        {
            _taken.Add((edit, why, code));
        }
    }

    public IEnumerable<RepairEdit> Edits()
    {
        // Quotations that would touch each other become one.
        var groups = new List<(TextSpan Window, List<(TextEdit Edit, string Why, string Code)> Edits)>();
        foreach (var one in _taken.OrderBy(one => one.Edit.Span.Start))
        {
            var edits = new List<(TextEdit Edit, string Why, string Code)> { one };
            var window = WindowOf(one.Edit.Span);
            while (window is { } wide && groups.Count > 0 && groups[^1].Window.End >= wide.Start)
            {
                edits.InsertRange(0, groups[^1].Edits);
                groups.RemoveAt(groups.Count - 1);
                window = WindowOf(TextSpan.FromBounds(edits[0].Edit.Span.Start, edits.Max(edit => edit.Edit.Span.End)));
            }

            if (window is { } found)
            {
                groups.Add((found, edits));
            }
        }

        return groups.Where(group => !secrets.Says(Edited(group.Window, group.Edits), out _)).Select(group => new RepairEdit(path, text.Slice(group.Window), Edited(group.Window, group.Edits), string.Join("; ", group.Edits.Select(edit => edit.Why).Distinct()), group.Edits[0].Code));
    }

    private string Edited(TextSpan window, List<(TextEdit Edit, string Why, string Code)> edits)
    {
        var result = text.Slice(window);
        foreach (var (edit, _, _) in edits.OrderByDescending(edit => edit.Edit.Span.Start))
        {
            result = result[..(edit.Span.Start - window.Start)] + edit.NewText + result[(edit.Span.End - window.Start)..];
        }

        return result;
    }

    // Whole lines, as few as tell the place from every other; null where that would quote what must not be told.
    private TextSpan? WindowOf(TextSpan span)
    {
        var first = text.GetPosition(span.Start).Line;
        var last = text.GetPosition(span.End).Line;
        while (true)
        {
            for (var line = first; line <= last; line++)
            {
                if (_lines.Line(line) is null)
                {
                    return null;
                }
            }

            var window = TextSpan.FromBounds(text.GetLineSpan(first).Start, text.GetLineSpan(last).End);
            var words = text.Slice(window);
            if (words.Trim().Length > 0 && text.Text.IndexOf(words, StringComparison.Ordinal) == window.Start && text.Text.IndexOf(words, window.Start + 1, StringComparison.Ordinal) < 0)
            {
                return window;
            }

            if (first == 0 && last == text.LineCount - 1)
            {
                return null;
            }

            first = Math.Max(0, first - 1);
            last = Math.Min(text.LineCount - 1, last + 1);
        }
    }
}
