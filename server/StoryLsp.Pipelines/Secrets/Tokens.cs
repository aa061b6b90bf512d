namespace StoryLsp.Pipelines.Secrets;

/// <summary>
/// How many tokens a text is, about. Every vendor counts otherwise, so it is an estimate on the high side: four letters of English are one token, two of
/// another alphabet, one character of a script without spaces; each sign is one.
/// </summary>
public static class Tokens
{
    /// <summary>The estimate.</summary>
    /// <param name="text">The text.</param>
    public static int Estimate(string text)
    {
        var tokens = 0;
        for (var i = 0; i < text.Length;)
        {
            var unit = text[i];
            if (char.IsAsciiLetterOrDigit(unit))
            {
                var start = i;
                while (i < text.Length && char.IsAsciiLetterOrDigit(text[i]))
                {
                    i++;
                }

                tokens += (i - start + 3) / 4;
            }
            else if (unit >= 0x80 && unit < 0x2E80 && char.IsLetter(unit))
            {
                var start = i;
                while (i < text.Length && text[i] >= 0x80 && text[i] < 0x2E80 && char.IsLetter(text[i]))
                {
                    i++;
                }

                tokens += (i - start + 1) / 2;
            }
            else
            {
                tokens += unit == ' ' || char.IsLowSurrogate(unit) ? 0 : 1;
                i++;
            }
        }

        return tokens;
    }
}
