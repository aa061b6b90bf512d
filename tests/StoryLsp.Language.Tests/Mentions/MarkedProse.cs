using System.Text;
using StoryLsp.Language.Mentions;
using StoryLsp.Language.Text;

namespace StoryLsp.Language.Tests.Mentions;

/// <summary>Prose whose expected mentions stand in braces: <c>{Ada} saw {Mr. Vane}.</c></summary>
internal static class MarkedProse
{
    /// <summary>The prose as a matcher marks it; to be compared with what was written.</summary>
    public static string Marked(NameMatcher matcher, string marked)
    {
        var text = marked.Replace("{", "").Replace("}", "");
        return Mark(text, Scan(matcher, text));
    }

    public static List<Mention> Scan(NameMatcher matcher, string text)
    {
        var result = new List<Mention>();
        matcher.Scan(text, new TextSpan(0, text.Length), result);
        return result;
    }

    public static NameMatcher People(params string[] names) => NameMatcher.Compile(Patterns(NameKind.Person, names), []);

    public static NameMatcher Things(NameKind kind, params string[] names) => NameMatcher.Compile(Patterns(kind, names), []);

    /// <summary>Names with their aliases behind strokes: <c>Ada Vane|the Captain</c>.</summary>
    public static List<NamePattern> Patterns(NameKind kind, params string[] names) =>
        [.. names.Select((name, owner) => new NamePattern(owner, kind, name.Split('|')[0]) { Aliases = name.Split('|')[1..] })];

    private static string Mark(string text, List<Mention> mentions)
    {
        var result = new StringBuilder();
        var at = 0;
        foreach (var mention in mentions)
        {
            result.Append(text, at, mention.Span.Start - at).Append('{').Append(text, mention.Span.Start, mention.Span.Length).Append('}');
            at = mention.Span.End;
        }

        return result.Append(text, at, text.Length - at).ToString();
    }
}
