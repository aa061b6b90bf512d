using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;

namespace StoryLsp.Language.Fountain;

/// <summary>A scene heading: <c>INT. LIBRARY - NIGHT #12A#</c>, or forced by a dot.</summary>
internal sealed record SceneHeading(string Text, TextSpan Span, NameFact? Place, NameFact? TimeOfDay, string? Number)
{
    /// <summary>Where the scene begins: the start of the heading's line.</summary>
    public int SceneStart { get; init; }

    /// <summary>Reads a line; null when it is no scene heading.</summary>
    /// <param name="lines">The script.</param>
    /// <param name="span">The line, trimmed.</param>
    /// <param name="canStart">Whether a heading may stand here without being forced.</param>
    public static SceneHeading? TryRead(FountainLines lines, TextSpan span, bool canStart)
    {
        ReadOnlySpan<char> text = lines.Of(span);
        bool isForced = text.Length > 1 && text[0] == '.' && char.IsLetterOrDigit(text[1]);
        if (!isForced && (!canStart || SceneHeadingText.PrefixLength(text) == 0))
        {
            return null;
        }

        if (isForced)
        {
            span = lines.Trim(span.Start + 1, span.End);
        }

        string? number = TakeNumber(lines, ref span);
        text = lines.Of(span);
        int prefix = SceneHeadingText.PrefixLength(text);
        int dash = SceneHeadingText.LastDash(text, prefix);
        NameFact? time = dash < 0 ? null : Name(lines, span.Start + dash + 1, span.End);

        // Without INT or EXT only the dash tells that a place is named at all: `.SNIPER SCOPE POV` names none.
        NameFact? place = prefix > 0 || dash >= 0 ? Name(lines, span.Start + prefix, dash < 0 ? span.End : span.Start + dash) : null;
        return new SceneHeading(lines.Text.Slice(span), span, place, time, number);
    }

    private static NameFact? Name(FountainLines lines, int start, int end)
    {
        TextSpan span = lines.Trim(start, Math.Max(start, end));
        return span.IsEmpty ? null : new NameFact(lines.Text.Slice(span), span);
    }

    private static string? TakeNumber(FountainLines lines, ref TextSpan span)
    {
        ReadOnlySpan<char> text = lines.Of(span);
        int open = text.Length > 2 && text[^1] == '#' ? text[..^1].LastIndexOf('#') : -1;
        if (open <= 0 || open == text.Length - 2 || text[(open + 1)..^1].Trim().IsEmpty)
        {
            return null;
        }

        string number = text[(open + 1)..^1].Trim().ToString();
        span = lines.Trim(span.Start, span.Start + open);
        return number;
    }
}
