using StoryLsp.Features.Completion;
using StoryLsp.Language.Text;

namespace StoryLsp.Features.Rename;

/// <summary>Writes texts in the place of scalars.</summary>
internal static class InYaml
{
    /// <summary>A text as it must be written in the place of another, in the quotes that it has.</summary>
    /// <param name="source">The text of the document.</param>
    /// <param name="span">What is replaced, inside of its quotes.</param>
    /// <param name="text">The new text.</param>
    /// <param name="isLink">Whether it stands in the brackets of a wikilink.</param>
    public static string Write(SourceText? source, TextSpan span, string text, bool isLink)
    {
        if (isLink || source is null || span.End > source.Length)
        {
            return text;
        }

        return YamlQuoting.Write(text, QuoteAround(source.Text, span), inFlow: true);
    }

    private static char QuoteAround(string text, TextSpan span)
    {
        var before = span.Start > 0 ? text[span.Start - 1] : '\n';
        var after = span.End < text.Length ? text[span.End] : '\n';
        return before is '"' or '\'' && after == before ? before : '\0';
    }
}
