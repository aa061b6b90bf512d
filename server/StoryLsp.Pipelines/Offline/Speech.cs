using StoryLsp.Language.Text;

namespace StoryLsp.Pipelines.Offline;

/// <summary>Tells speech from narration. Quoted speech without its speaker tells the reader of a summary little.</summary>
internal static class Speech
{
    /// <summary>For each sentence whether it has a quotation mark, or stands inside a speech that began before it in the same paragraph.</summary>
    public static bool[] In(string text, IReadOnlyList<TextSpan> sentences)
    {
        var result = new bool[sentences.Count];
        var open = false;
        var end = 0;
        for (var i = 0; i < result.Length; i++)
        {
            var span = sentences[i];
            open &= !text.AsSpan(end, span.Start - end).ContainsAny('\n', '\r');
            result[i] = open;
            for (var at = span.Start; at < span.End; at++)
            {
                if (text[at] is '“' or '«' or '„' or '「' or '『' || IsOpeningApostrophe(text, at, span.Start))
                {
                    result[i] = open = true;
                }
                else if (text[at] is '”' or '»' or '」' or '』')
                {
                    result[i] = true;
                    open = false;
                }
                else if (text[at] == '"')
                {
                    result[i] = true;
                    open = !open;
                }
                else if (open && text[at] is '\'' or '’' && at > 0 && text[at - 1] is '.' or ',' or '!' or '?' or '…')
                {
                    open = false;
                }
            }

            end = span.End;
        }

        return result;
    }

    // 'Well!' begins a speech; an apostrophe inside a word does not.
    private static bool IsOpeningApostrophe(string text, int at, int start) =>
        text[at] is '\'' or '‘' && (at == start || char.IsWhiteSpace(text[at - 1]) || text[at - 1] is '(' or '—') && at + 1 < text.Length && char.IsUpper(text[at + 1]);
}
