using StoryLsp.Language.Text;

namespace StoryLsp.Language.Fountain;

/// <summary>Reads the title page: keys and values from the first line to the first blank one.</summary>
internal static class TitlePage
{
    /// <summary>Reads the entries.</summary>
    /// <param name="lines">The script.</param>
    /// <param name="span">The title page, or an empty span at 0.</param>
    /// <param name="bodyLine">The first line behind it.</param>
    public static List<FountainTitle> Read(FountainLines lines, out TextSpan span, out int bodyLine)
    {
        var titles = new List<FountainTitle>();
        span = default;
        bodyLine = 0;
        int line = 0;
        while (line < lines.Count && TryReadKey(lines, line, titles.Count == 0, out TextSpan key, out TextSpan value))
        {
            line++;
            var parts = new List<TextSpan>();
            if (!value.IsEmpty)
            {
                parts.Add(value);
            }

            while (line < lines.Count && Continuation(lines, line) is { IsEmpty: false } more)
            {
                parts.Add(more);
                line++;
            }

            if (parts.Count == 0 && titles.Count == 0)
            {
                // `FADE IN:` at the beginning of a script is no title page.
                return titles;
            }

            titles.Add(ToTitle(lines, key, parts));
        }

        if (titles.Count > 0)
        {
            bodyLine = line;
            span = TextSpan.FromBounds(titles[0].KeySpan.Start, Math.Max(titles[^1].ValueSpan.End, titles[^1].KeySpan.End + 1));
        }

        return titles;
    }

    private static FountainTitle ToTitle(FountainLines lines, TextSpan key, List<TextSpan> parts)
    {
        TextSpan span = parts.Count == 0
            ? new TextSpan(key.End + 1, 0)
            : TextSpan.FromBounds(parts[0].Start, parts[^1].End);
        string value = string.Join('\n', parts.Select(lines.Text.Slice));
        return new FountainTitle(lines.Text.Slice(key), key, value, span);
    }

    private static bool TryReadKey(FountainLines lines, int line, bool isFirst, out TextSpan key, out TextSpan value)
    {
        key = value = default;
        TextSpan raw = lines.Raw(line);
        TextSpan trimmed = lines.Trimmed(line);
        int colon = lines.Of(trimmed).IndexOf(':');
        bool isIndented = raw.Length > 0 && lines.Text.Text[raw.Start] is ' ' or '\t';
        if (colon <= 0 || isIndented || (isFirst && SceneHeading.TryRead(lines, trimmed, canStart: true) is not null))
        {
            return false;
        }

        key = lines.Trim(trimmed.Start, trimmed.Start + colon);
        value = lines.Trim(trimmed.Start + colon + 1, trimmed.End);
        return true;
    }

    private static TextSpan Continuation(FountainLines lines, int line)
    {
        TextSpan raw = lines.Raw(line);
        return raw.Length > 0 && lines.Text.Text[raw.Start] is ' ' or '\t' ? lines.Trimmed(line) : default;
    }
}
