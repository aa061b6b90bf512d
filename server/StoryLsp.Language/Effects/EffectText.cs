using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Language.Effects;

/// <summary>A scalar whose parts have places of their own, where its text stands in the file as it reads.</summary>
internal sealed class EffectText(YamlScalar scalar)
{
    // With escapes or folded lines in it, a part of the value is at no place of its own.
    private readonly bool _isVerbatim = scalar.Value.Length == scalar.ContentSpan.Length;

    public string Value => scalar.Value;

    /// <summary>The whole as a name, trimmed, and out of its brackets when it is a wikilink.</summary>
    public EffectName Name() => Part(0, Value.Length);

    /// <summary>A part as a name, trimmed, and out of its brackets when it is a wikilink.</summary>
    public EffectName Part(int start, int end)
    {
        (start, end) = Trim(start, end);
        var isLink = end - start > 4 && Value.AsSpan(start, end - start) is ['[', '[', .., ']', ']'] && Value.IndexOf("]]", start, StringComparison.Ordinal) == end - 2;
        if (isLink)
        {
            var cut = Value.AsSpan(start + 2, end - start - 4).IndexOfAny('|', '#');
            (start, end) = Trim(start + 2, cut < 0 ? end - 2 : start + 2 + cut);
        }

        return new(Value[start..end], SpanOf(start, end), isLink);
    }

    /// <summary>The words of a part; a wikilink is one word whatever stands in it.</summary>
    public List<EffectName> Words(int start, int end)
    {
        var result = new List<EffectName>();
        for (var at = start; at < end;)
        {
            if (char.IsWhiteSpace(Value[at]))
            {
                at++;
                continue;
            }

            var from = at;
            var close = Value.AsSpan(at, end - at).StartsWith("[[") ? Value.IndexOf("]]", at, end - at, StringComparison.Ordinal) : -1;
            at = close < 0 ? at : close + 2;
            while (at < end && !char.IsWhiteSpace(Value[at]))
            {
                at++;
            }

            result.Add(Part(from, at));
        }

        return result;
    }

    /// <summary>Some words as one name; null for none.</summary>
    public static EffectName? Join(IReadOnlyList<EffectName> words, int start, int end)
    {
        if (end - start <= 1)
        {
            return end > start ? words[start] : null;
        }

        var span = TextSpan.FromBounds(words[start].Span.Start, words[end - 1].Span.End);
        return new(string.Join(' ', words.Skip(start).Take(end - start).Select(word => word.Text)), span);
    }

    private (int Start, int End) Trim(int start, int end)
    {
        while (start < end && char.IsWhiteSpace(Value[start]))
        {
            start++;
        }

        while (end > start && char.IsWhiteSpace(Value[end - 1]))
        {
            end--;
        }

        return (start, end);
    }

    private TextSpan SpanOf(int start, int end) =>
        _isVerbatim ? TextSpan.FromBounds(scalar.ContentSpan.Start + start, scalar.ContentSpan.Start + end) : scalar.ContentSpan;
}
