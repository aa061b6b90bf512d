using StoryLsp.Index;
using StoryLsp.Language.Text;

namespace StoryLsp.Features.Rename;

/// <summary>Collects the edits of a rename. Of two that overlap the first stays.</summary>
internal sealed class EditSheet(Snapshot snapshot)
{
    private readonly Dictionary<string, List<RenameEdit>> _edits = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SourceText?> _texts = new(StringComparer.Ordinal);

    /// <summary>All edits, by path and then by place.</summary>
    public IReadOnlyList<RenameEdit> All =>
        [.. _edits.Values.SelectMany(edits => edits).OrderBy(edit => edit.Path, StringComparer.Ordinal).ThenBy(edit => edit.Edit.Span.Start)];

    /// <summary>Adds an edit, unless something is changed there already or nothing would change.</summary>
    public void Add(string path, TextSpan span, string text, RenamePart part)
    {
        if (!_edits.TryGetValue(path, out var known))
        {
            _edits.Add(path, known = []);
        }

        if (!known.Exists(other => other.Edit.Span.Overlaps(span)) && Text(path) is { } now && span.End <= now.Length && now.Slice(span) != text)
        {
            known.Add(new(path, new TextEdit(span, text), part));
        }
    }

    /// <summary>Puts an edit in the place of the one of the same span, if there is one.</summary>
    public void Put(string path, TextEdit edit, RenamePart part)
    {
        var same = _edits.GetValueOrDefault(path)?.FindIndex(other => other.Edit.Span == edit.Span) ?? -1;
        if (same >= 0)
        {
            _edits[path][same] = _edits[path][same] with { Edit = edit };
        }
        else
        {
            Add(path, edit.Span, edit.NewText, part);
        }
    }

    /// <summary>The text of a document; null where it is not the one that the facts are of.</summary>
    public SourceText? Text(string path)
    {
        if (!_texts.TryGetValue(path, out var text))
        {
            text = snapshot.Text(path);
            _texts.Add(path, text is not null && snapshot.Facts(path)?.Lines.TextLength == text.Length ? text : text = null);
        }

        return text;
    }

    /// <summary>The texts after the edits that are of some parts.</summary>
    public Dictionary<string, SourceText> Texts(Func<RenamePart, bool> isWanted)
    {
        var result = new Dictionary<string, SourceText>(StringComparer.Ordinal);
        foreach (var (path, edits) in _edits)
        {
            var wanted = edits.Where(edit => isWanted(edit.Part)).Select(edit => edit.Edit).OrderBy(edit => edit.Span.Start).ToList();
            if (wanted.Count > 0 && Text(path) is { } text)
            {
                result[path] = text.WithEdits(wanted);
            }
        }

        return result;
    }
}
