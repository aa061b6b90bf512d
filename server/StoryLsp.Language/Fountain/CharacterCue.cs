using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;

namespace StoryLsp.Language.Fountain;

/// <summary>The name above a speech: <c>ADA (V.O.)</c>, <c>@McCLANE</c>, <c>TOM ^</c>.</summary>
internal static class CharacterCue
{
    /// <summary>Reads a line; null when it is no cue.</summary>
    /// <param name="lines">The script.</param>
    /// <param name="span">The line, trimmed.</param>
    /// <param name="canStart">Whether a blank line precedes and a line of speech follows.</param>
    public static NameFact? TryRead(FountainLines lines, TextSpan span, bool canStart)
    {
        ReadOnlySpan<char> text = lines.Of(span);
        bool isForced = text.Length > 1 && text[0] == '@';
        if (!isForced && !canStart)
        {
            return null;
        }

        int start = isForced ? 1 : 0;
        int extension = text.IndexOf('(');
        int end = extension < 0 ? text.Length : extension;
        ReadOnlySpan<char> name = text[start..Math.Max(start, end)].TrimEnd(" \t^");
        if (!isForced && !IsUpperCase(name))
        {
            return null;
        }

        TextSpan place = lines.Trim(span.Start + start, span.Start + start + name.Length);
        return place.IsEmpty ? null : new NameFact(lines.Text.Slice(place), place);
    }

    /// <summary>Whether a name has capitals and no small letters. Scripts without case are no cue unless forced.</summary>
    private static bool IsUpperCase(ReadOnlySpan<char> name)
    {
        bool hasUpper = false;
        foreach (char c in name)
        {
            if (char.IsLower(c))
            {
                return false;
            }

            hasUpper |= char.IsUpper(c);
        }

        return hasUpper && name[^1] != ':';
    }
}
