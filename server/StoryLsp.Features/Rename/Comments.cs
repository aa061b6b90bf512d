using System.Text.RegularExpressions;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;

namespace StoryLsp.Features.Rename;

/// <summary>Where the comments of a text stand, and the titles of Markdown links. It goes by their signs alone, so a text in quotes may pass for one: what is found there is only offered.</summary>
internal static partial class Comments
{
    private static readonly (string Open, string Close)[] InMarkdown = [("<!--", "-->"), ("%%", "%%")];
    private static readonly (string Open, string Close)[] InFountain = [("/*", "*/"), ("[[", "]]")];

    /// <summary>The comments of a text, without their signs.</summary>
    public static IEnumerable<TextSpan> Of(DocumentKind kind, string text) => kind switch
    {
        DocumentKind.Markdown => Between(text, InMarkdown).Concat(TitlesOfLinks(text)),
        DocumentKind.Fountain => Between(text, InFountain),
        DocumentKind.Yaml or DocumentKind.Settings => BehindNumberSigns(text),
        _ => [],
    };

    private static IEnumerable<TextSpan> Between(string text, (string Open, string Close)[] signs)
    {
        foreach (var (open, close) in signs)
        {
            for (var at = 0; text.IndexOf(open, at, StringComparison.Ordinal) is >= 0 and var found;)
            {
                var start = found + open.Length;
                var end = text.IndexOf(close, start, StringComparison.Ordinal);
                if (end < 0)
                {
                    break;
                }

                yield return TextSpan.FromBounds(start, end);
                at = end + close.Length;
            }
        }
    }

    private static IEnumerable<TextSpan> TitlesOfLinks(string text) =>
        text.Contains("](", StringComparison.Ordinal) || text.Contains("]:", StringComparison.Ordinal) ? TitleOfLink().Matches(text).Select(match => new TextSpan(match.Groups["title"].Index, match.Groups["title"].Length)) : [];

    [GeneratedRegex("""\](?:\(|:[ \t]?)(?:<[^<>\r\n]{1,400}>|[^\s()<>]{1,400})[ \t]{1,8}(?:"(?<title>[^"\r\n]{1,400})"|'(?<title>[^'\r\n]{1,400})')""", RegexOptions.CultureInvariant)]
    private static partial Regex TitleOfLink();

    private static IEnumerable<TextSpan> BehindNumberSigns(string text)
    {
        for (var at = text.IndexOf('#', StringComparison.Ordinal); at >= 0; at = text.IndexOf('#', at + 1))
        {
            if (at > 0 && text[at - 1] is not (' ' or '\t' or '\n' or '\r'))
            {
                continue;
            }

            var end = text.AsSpan(at).IndexOfAny('\n', '\r') is >= 0 and var length ? at + length : text.Length;
            yield return TextSpan.FromBounds(at + 1, end);
            at = end - 1 > at ? end - 1 : at;
        }
    }
}
