using System.Text;
using StoryLsp.Language.Facts;

namespace StoryLsp.Features.Rename;

/// <summary>Writes the target of a link as the place where it stands wants it.</summary>
internal static class WrittenDestination
{
    /// <summary>A target as it must be written.</summary>
    /// <param name="link">The link.</param>
    /// <param name="written">What stands in its target now, as written.</param>
    /// <param name="source">The text of the document.</param>
    /// <param name="target">The new target.</param>
    public static string Of(LinkFact link, string written, string source, string target)
    {
        if (link.Kind is LinkKind.Wikilink or LinkKind.Embed)
        {
            return target;
        }

        var start = link.TargetSpan.Start;
        var isPointed = start > 0 && source[start - 1] == '<';
        var escapesAll = written.Contains('%') && written.All(char.IsAscii) && !link.Target.All(char.IsAscii);
        var escapesParentheses = written.Contains("%28", StringComparison.Ordinal) || (!isPointed && !AreBalanced(target));
        var result = new StringBuilder();
        foreach (var rune in target.EnumerateRunes())
        {
            if (MustEscape(rune, isPointed) || (escapesParentheses && rune.Value is '(' or ')') || (escapesAll && !rune.IsAscii) || (isPointed && rune.Value == ' ' && written.Contains("%20", StringComparison.Ordinal)))
            {
                result.Append(Uri.EscapeDataString(rune.ToString()));
            }
            else
            {
                result.Append(rune);
            }
        }

        return result.ToString();
    }

    private static bool MustEscape(Rune rune, bool isPointed) => rune.Value switch
    {
        '%' or '#' or '?' or '<' or '>' or '\\' => true,
        ' ' => !isPointed,
        _ => Rune.IsControl(rune),
    };

    private static bool AreBalanced(string text)
    {
        var depth = 0;
        foreach (var unit in text)
        {
            depth += unit == '(' ? 1 : unit == ')' ? -1 : 0;
            if (depth < 0)
            {
                return false;
            }
        }

        return depth == 0;
    }
}
