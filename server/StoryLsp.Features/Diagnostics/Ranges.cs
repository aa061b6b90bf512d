using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;

namespace StoryLsp.Features.Diagnostics;

/// <summary>Turns spans into lines and characters.</summary>
public static class Ranges
{
    // Facts stay the same until their document changes.
    private static readonly ConditionalWeakTable<DocumentFacts, ConcurrentDictionary<(TextSpan Span, PositionEncoding Encoding), LineRange>> Converted = [];

    /// <summary>The range of a span of a document; it ends inside the text even where the span is older than the text.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="path">Workspace-relative path of the document.</param>
    /// <param name="span">The span, in UTF-16 code units.</param>
    /// <param name="encoding">The unit in which the editor counts characters.</param>
    public static LineRange Of(Snapshot snapshot, string path, TextSpan span, PositionEncoding encoding)
    {
        // The lines of the facts are enough for UTF-16, so that a file need not be read again to say where it is at fault.
        if (encoding == PositionEncoding.Utf16 && snapshot.Facts(path) is { } facts)
        {
            return facts.Lines.GetRange(span);
        }

        return snapshot.Text(path) is { } text ? text.GetRange(span, encoding) : snapshot.Facts(path)?.Lines.GetRange(span) ?? default;
    }

    /// <summary>
    /// The same for views that show the places of very many documents again and again: an editor that counts otherwise than in UTF-16 has each of them
    /// converted once for as long as its document stays the same.
    /// </summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="path">Workspace-relative path of the document.</param>
    /// <param name="span">The span, in UTF-16 code units.</param>
    /// <param name="encoding">The unit in which the editor counts characters.</param>
    public static LineRange Kept(Snapshot snapshot, string path, TextSpan span, PositionEncoding encoding)
    {
        if (encoding == PositionEncoding.Utf16 || snapshot.Facts(path) is not { } facts)
        {
            return Of(snapshot, path, span, encoding);
        }

        var known = Converted.GetValue(facts, static _ => []);
        if (!known.TryGetValue((span, encoding), out var range))
        {
            range = Of(snapshot, path, span, encoding);
            known[(span, encoding)] = range;
        }

        return range;
    }
}
