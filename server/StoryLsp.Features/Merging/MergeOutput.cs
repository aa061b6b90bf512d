using System.Text;

namespace StoryLsp.Features.Merging;

/// <summary>A piece of a merged text: what stands there, or what a person has to decide.</summary>
/// <param name="Ours">The text; in a conflict ours, as whole lines without the last line end.</param>
/// <param name="Origin">In a conflict what both come from.</param>
/// <param name="Theirs">In a conflict theirs; null where there is none.</param>
internal readonly record struct MergePiece(string Ours, string Origin = "", string? Theirs = null)
{
    public bool IsConflict => Theirs is not null;
}

/// <summary>Writes pieces as a text.</summary>
internal static class MergeOutput
{
    /// <summary>The text with marks around conflicts, or as one of the sides would have it.</summary>
    /// <param name="pieces">The pieces.</param>
    /// <param name="newLine">The line end.</param>
    /// <param name="conflict">What stands for a conflict; empty where its line goes.</param>
    public static string Write(IEnumerable<MergePiece> pieces, string newLine, Func<MergePiece, string, string> conflict)
    {
        var result = new StringBuilder();
        var swallows = false;
        foreach (var piece in pieces)
        {
            var text = piece.Ours;
            if (piece.IsConflict)
            {
                // What stands before it on its line belongs to each side.
                var line = LineStart(result);
                var before = result.ToString(line, result.Length - line);
                result.Length = line;
                text = conflict(piece, before);
                swallows = text.Length == 0;
            }
            else if (swallows && text.Length > 0)
            {
                text = text.StartsWith(newLine, StringComparison.Ordinal) ? text[newLine.Length..] : text;
                swallows = false;
            }

            result.Append(text);
        }

        return result.ToString();
    }

    /// <summary>A conflict with git's marks.</summary>
    public static string Marked(MergePiece piece, string before, string newLine, ConflictMarks marks)
    {
        var result = new StringBuilder();
        Mark('<', marks.Ours);
        Part(piece.Ours);
        if (marks.ShowsOrigin)
        {
            Mark('|', ConflictMarks.Origin);
            Part(piece.Origin);
        }

        Mark('=', "");
        Part(piece.Theirs!);
        Mark('>', marks.Theirs);
        result.Length -= newLine.Length;
        return result.ToString();

        void Mark(char mark, string label) => result.Append(mark, marks.MarkerSize).Append(label.Length > 0 ? " " + label : "").Append(newLine);

        void Part(string text)
        {
            if (text.Length > 0)
            {
                result.Append(before).Append(text).Append(newLine);
            }
        }
    }

    /// <summary>One side of a conflict.</summary>
    public static string Side(string text, string before) => text.Length == 0 ? "" : before + text;

    private static int LineStart(StringBuilder text)
    {
        var at = text.Length;
        while (at > 0 && text[at - 1] != '\n')
        {
            at--;
        }

        return at;
    }
}
