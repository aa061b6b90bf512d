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

        // They are kept in order, so that a novel with thousands of names is no square of them.
        var at = IndexOf(known, span.Start);
        var isFree = !(at > 0 && known[at - 1].Edit.Span.Overlaps(span));
        for (var next = at; isFree && next < known.Count && known[next].Edit.Span.Start < span.End; next++)
        {
            isFree = !known[next].Edit.Span.Overlaps(span);
        }

        if (isFree && Text(path) is { } now && span.End <= now.Length && now.Slice(span) != text)
        {
            known.Insert(at, new(path, new TextEdit(span, text), part));
        }
    }

    // The first edit that begins at an offset or behind it.
    private static int IndexOf(List<RenameEdit> edits, int start)
    {
        var (low, high) = (0, edits.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = edits[middle].Edit.Span.Start < start ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    /// <summary>Puts an edit in the place of the one of the same span, if there is one.</summary>
    public void Put(string path, TextEdit edit, RenamePart part)
    {
        var known = _edits.GetValueOrDefault(path) ?? [];
        var same = IndexOf(known, edit.Span.Start);
        if (same < known.Count && known[same].Edit.Span == edit.Span)
        {
            known[same] = known[same] with { Edit = edit };
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
