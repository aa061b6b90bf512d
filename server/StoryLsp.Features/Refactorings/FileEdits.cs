using StoryLsp.Index;
using StoryLsp.Language.Text;

namespace StoryLsp.Features.Refactorings;

/// <summary>Gathers the edits of several files.</summary>
internal sealed class FileEdits
{
    private readonly SortedDictionary<string, List<TextEdit>> _edits = new(StringComparer.Ordinal);
    private readonly List<FileChange> _created = [];
    private readonly List<FileChange> _last = [];

    /// <summary>Adds an edit; one that overlaps an earlier one of the same file is left out.</summary>
    public void Add(string path, TextEdit edit)
    {
        if (!_edits.TryGetValue(path, out var known))
        {
            _edits.Add(path, known = []);
        }

        if (!known.Contains(edit) && !known.Exists(other => other.Span.Overlaps(edit.Span)))
        {
            known.Add(edit);
        }
    }

    public void Create(FileCreation creation) => _created.Add(creation);

    /// <summary>Something that happens to a file when all texts are changed.</summary>
    public void Last(FileChange change) => _last.Add(change);

    /// <summary>All of them as one change.</summary>
    public WorkspaceChange ToChange() => new(
        [.. _created, .. _edits.Where(file => !_last.OfType<FileDeletion>().Any(gone => gone.Path == file.Key)).Select(file => new TextChange(file.Key, [.. file.Value.OrderBy(edit => edit.Span.Start)])), .. _last]);
}
