using System.Net;
using System.Text;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;

namespace StoryLsp.Language.Markdown;

/// <summary>The destination of a Markdown link, split into path and anchor and decoded.</summary>
internal static class LinkTarget
{
    /// <summary>Makes a link of a destination as written; null for one that leads out of the workspace or nowhere.</summary>
    /// <param name="source">The text in which the spans lie.</param>
    /// <param name="url">The destination, with or without pointy brackets.</param>
    /// <param name="kind">A Markdown link or an image.</param>
    /// <param name="span">The whole link.</param>
    /// <param name="shown">The shown text; empty where there is none.</param>
    public static LinkFact? ToLink(string source, TextSpan url, LinkKind kind, TextSpan span, TextSpan shown)
    {
        int start = url.Start;
        int end = url.End;
        if (end - start >= 2 && source[start] == '<' && source[end - 1] == '>')
        {
            start++;
            end--;
        }

        ReadOnlySpan<char> written = source.AsSpan(start, end - start);
        if (written.IsEmpty || LeadsOutside(written))
        {
            return null;
        }

        int sign = AnchorSign(written);
        int targetEnd = sign < 0 ? end : start + sign;
        int anchorStart = sign < 0 ? end : targetEnd + 1;
        bool hasAnchor = anchorStart < end;
        if (targetEnd == start && !hasAnchor)
        {
            return null;
        }

        return new LinkFact
        {
            Kind = kind,
            Container = -1,
            Target = Decode(source[start..targetEnd]),
            Anchor = hasAnchor ? Decode(source[anchorStart..end]) : null,
            Shown = shown.IsEmpty ? null : source.Substring(shown.Start, shown.Length),
            Span = span,
            TargetSpan = TextSpan.FromBounds(start, targetEnd),
            AnchorSpan = hasAnchor ? TextSpan.FromBounds(anchorStart, end) : default,
            ShownSpan = shown,
        };
    }

    /// <summary>What a destination means: backslash escapes, entities and percent signs undone.</summary>
    /// <param name="written">A part of a destination as written.</param>
    public static string Decode(string written)
    {
        if (written.Contains('\\'))
        {
            written = Unescape(written);
        }

        if (written.Contains('&'))
        {
            written = WebUtility.HtmlDecode(written);
        }

        return written.Contains('%') ? Uri.UnescapeDataString(written) : written;
    }

    /// <summary>Whether a destination has a scheme, as <c>https:</c>, or names a host.</summary>
    private static bool LeadsOutside(ReadOnlySpan<char> written)
    {
        if (written.StartsWith("//"))
        {
            return true;
        }

        int colon = written.IndexOf(':');
        if (colon < 2 || colon > 32 || !char.IsAsciiLetter(written[0]))
        {
            return false;
        }

        foreach (char c in written[..colon])
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('+' or '.' or '-'))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The number sign that opens the anchor; the one of <c>&amp;#65;</c> is part of an entity.</summary>
    private static int AnchorSign(ReadOnlySpan<char> written)
    {
        for (int i = 0; i < written.Length; i++)
        {
            if (written[i] == '#' && (i == 0 || written[i - 1] != '&'))
            {
                return i;
            }
        }

        return -1;
    }

    private static string Unescape(string written)
    {
        var plain = new StringBuilder(written.Length);
        for (int i = 0; i < written.Length; i++)
        {
            bool escapes = written[i] == '\\' && i + 1 < written.Length && char.IsAscii(written[i + 1])
                && (char.IsPunctuation(written[i + 1]) || char.IsSymbol(written[i + 1]));
            plain.Append(escapes ? written[++i] : written[i]);
        }

        return plain.ToString();
    }
}
