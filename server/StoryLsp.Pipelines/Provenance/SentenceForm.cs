using System.Text;
using StoryLsp.Language.Text;
using StoryLsp.Pipelines.History;
using StoryLsp.Pipelines.Proposals.Differences;

namespace StoryLsp.Pipelines.Provenance;

/// <summary>
/// What a sentence is apart from its dress: the words and the marks between them. Line breaks, the style of quotation marks, dashes and
/// ellipses, marks of Markdown and case do not count.
/// </summary>
internal static class SentenceForm
{
    /// <summary>The sentence undressed; empty where it has no word.</summary>
    public static string Of(string sentence)
    {
        var result = new StringBuilder(sentence.Length);
        foreach (var unit in Slug.Normalize(sentence))
        {
            Add(result, unit);
        }

        // What is left at the edges is markup: an item's mark, a heading's; or the marks of a speech that goes on.
        var text = result.ToString().Trim().TrimStart("#>-+|0123456789.) ").Trim("' ").ToString();
        return text.Any(char.IsLetterOrDigit) ? text : sentence.Any(char.IsLetterOrDigit) ? result.ToString().Trim() : "";
    }

    /// <summary>A hash of the undressed sentence.</summary>
    public static string HashOf(string sentence) => HashOfForm(Of(sentence));

    /// <summary>A hash of a sentence that is undressed already.</summary>
    public static string HashOfForm(string form) => StoryTree.HashOf(form);

    /// <summary>How many words a text has.</summary>
    public static int WordsIn(string text) => Words.Of(text).Count();

    private static void Add(StringBuilder result, char unit)
    {
        switch (unit)
        {
            case '“' or '”' or '„' or '«' or '»' or '"' or '‘' or '’' or '‚' or '‹' or '›' or '\'' or '「' or '」' or '『' or '』':
                result.Append('\'');
                break;
            case '—' or '–' or '―' or '-' or '\u2010' or '\u2011':
                // One dash is as good as two, with blanks around it or without.
                while (result.Length > 0 && result[^1] is ' ' or '-')
                {
                    result.Length--;
                }

                result.Append('-');
                break;
            case '…':
                result.Append("...");
                break;
            case '*' or '_' or '`' or '\uFEFF' or '\u200B' or '\u00AD':
                break;
            case var space when char.IsWhiteSpace(space):
                if (result.Length > 0 && result[^1] is not (' ' or '-'))
                {
                    result.Append(' ');
                }

                break;
            default:
                result.Append(char.ToLowerInvariant(unit));
                break;
        }
    }
}
