namespace StoryLsp.Language.Text;

/// <summary>The form in which names, ids and paths are compared when their case does not matter.</summary>
public static class NameKey
{
    /// <summary>Trimmed, NFC, lower case (invariant), curly apostrophes straight, runs of white space one space.</summary>
    public static string Of(string text)
    {
        var trimmed = text.AsSpan().Trim();
        if (IsKey(trimmed))
        {
            return trimmed.Length == text.Length ? text : trimmed.ToString();
        }

        var normal = Slug.Normalize(trimmed.ToString());
        return string.Create(LengthOf(normal), normal, Fill);
    }

    private static bool IsKey(ReadOnlySpan<char> text)
    {
        var afterSpace = false;
        foreach (var unit in text)
        {
            if (unit > 0x7F || unit is (>= 'A' and <= 'Z') or (< ' ') || (unit == ' ' && afterSpace))
            {
                return false;
            }

            afterSpace = unit == ' ';
        }

        return true;
    }

    private static int LengthOf(string text)
    {
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            length += i > 0 && char.IsWhiteSpace(text[i]) && char.IsWhiteSpace(text[i - 1]) ? 0 : 1;
        }

        return length;
    }

    private static void Fill(Span<char> target, string text)
    {
        var at = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsWhiteSpace(text[i]))
            {
                if (i == 0 || !char.IsWhiteSpace(text[i - 1]))
                {
                    target[at++] = ' ';
                }
            }
            else
            {
                target[at++] = text[i] is '\u2019' or '\u2018' or '\u02BC' ? '\'' : char.ToLowerInvariant(text[i]);
            }
        }
    }
}
