using StoryLsp.Index;
using StoryLsp.Language.Text;

namespace StoryLsp.Features.Refactorings;

/// <summary>Gathers the edits of several files.</summary>
internal sealed class FileEdits
{
    private readonly SortedDictionary<string, List<TextEdit>> _edits = new(StringComparer.Ordinal);
    private readonly List<FileChange> _created = [];
    private readonly List<FileChange> _last = [];

    private string? _torn;

    /// <summary>Adds an edit. Where it changes words that another edit changes otherwise, there is no result: half of a change may be a loss.</summary>
    public void Add(string path, TextEdit edit)
    {
        var known = Of(path);
        if (edit.Span.IsEmpty || !known.Contains(edit))
        {
            _torn ??= known.Exists(other => other.Span.Overlaps(edit.Span)) ? path : null;
            known.Add(edit);
        }
    }

    /// <summary>Adds the edit of a link; one that an earlier edit writes anew already stays as that has it.</summary>
    public void Mend(string path, TextEdit edit)
    {
        if (!Of(path).Exists(other => other == edit || other.Span.Overlaps(edit.Span)))
        {
            Of(path).Add(edit);
        }
    }

    /// <summary>Puts parts of a text into each other's places, with what is changed inside of them so far.</summary>
    /// <param name="path">Workspace-relative path of the file.</param>
    /// <param name="text">Its text.</param>
    /// <param name="parts">The parts, apart from each other.</param>
    /// <param name="order">Which part comes into each place.</param>
    public void Rotate(string path, SourceText text, IReadOnlyList<TextSpan> parts, IReadOnlyList<int> order)
    {
        var known = _edits.GetValueOrDefault(path) ?? [];
        var texts = parts.Select(part => SourceText.From(text.Slice(part)).WithEdits(
            known.Where(edit => part.Contains(edit.Span)).Select(edit => edit with { Span = new(edit.Span.Start - part.Start, edit.Span.Length) })).Text).ToList();
        known.RemoveAll(edit => parts.Any(part => part.Contains(edit.Span)));
        for (var i = 0; i < order.Count; i++)
        {
            if (text.Slice(parts[i]) != texts[order[i]])
            {
                Add(path, new(parts[i], texts[order[i]]));
            }
        }
    }

    public void Create(FileCreation creation) => _created.Add(creation);

    /// <summary>Something that happens to a file when all texts are changed.</summary>
    public void Last(FileChange change) => _last.Add(change);

    /// <summary>All of them as one change, or why there is none.</summary>
    public RefactoringResult ToResult() => _torn is { } path
        ? RefactoringResult.Refused($"Two changes fall on the same words in {path}, and one of them would be lost, so nothing is changed. Make the first half of the change by hand.")
        : RefactoringResult.Of(ToChange());

    private List<TextEdit> Of(string path)
    {
        if (!_edits.TryGetValue(path, out var known))
        {
            _edits.Add(path, known = []);
        }

        return known;
    }

    private WorkspaceChange ToChange() => new(
        [.. _created, .. _edits.Where(file => file.Value.Count > 0 && !_last.OfType<FileDeletion>().Any(gone => gone.Path == file.Key)).Select(file => new TextChange(file.Key, [.. file.Value.OrderBy(edit => edit.Span.Start)])), .. _last]);
}
