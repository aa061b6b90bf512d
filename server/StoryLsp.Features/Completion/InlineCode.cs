using StoryLsp.Language.Text;

namespace StoryLsp.Features.Completion;

/// <summary>Code in a line of prose, between backticks: names do not count there.</summary>
internal static class InlineCode
{
    /// <summary>Whether an offset stands in code that is opened and closed on its line, by as many backticks (CommonMark 6.1).</summary>
    public static bool Holds(SourceText text, int offset)
    {
        var line = text.GetLineSpan(text.Lines.GetLine(offset));
        var at = line.Start;
        while (at < line.End && at < offset)
        {
            var run = RunAt(text.Text, at, line.End);
            if (run == 0)
            {
                at += text.Text[at] == '\\' ? 2 : 1;
                continue;
            }

            var close = CloseOf(text.Text, at + run, line.End, run);
            if (close >= 0 && offset >= at + run && offset <= close)
            {
                return true;
            }

            at = close >= 0 ? close + run : at + run;
        }

        return false;
    }

    private static int CloseOf(string text, int at, int end, int run)
    {
        while (at < end)
        {
            var length = RunAt(text, at, end);
            if (length == run)
            {
                return at;
            }

            at += Math.Max(1, length);
        }

        return -1;
    }

    private static int RunAt(string text, int at, int end)
    {
        var length = 0;
        while (at + length < end && text[at + length] == '`')
        {
            length++;
        }

        return length;
    }
}
