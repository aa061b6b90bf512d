using System.Globalization;
using System.Text;
using StoryLsp.Pipelines.Proposals.Differences;

namespace StoryLsp.Pipelines.Proposals;

/// <summary>Changes of files as a patch that <c>git apply</c> takes: unified, with paths quoted as git quotes them.</summary>
public static class ProposalPatch
{
    private const int Context = 3;

    /// <summary>The patch of files; empty when none differs. Line ends stand in it as they are in the files, so it must be written byte for byte, as UTF-8.</summary>
    public static string Of(IEnumerable<FileView> files)
    {
        var result = new StringBuilder();
        foreach (var file in files.Where(file => file.Before != file.After))
        {
            Add(result, file);
        }

        return result.ToString();
    }

    private static void Add(StringBuilder patch, FileView file)
    {
        var (a, b) = (Quoted("a/" + file.Path), Quoted("b/" + file.Path));
        patch.Append("diff --git ").Append(a).Append(' ').Append(b).Append('\n');
        patch.Append(file.Before is null ? "new file mode 100644\n" : file.After is null ? "deleted file mode 100644\n" : "");
        var (old, now) = (Lines(file.Before ?? ""), Lines(file.After ?? ""));
        if (old.Length + now.Length == 0)
        {
            return;
        }

        patch.Append("--- ").Append(file.Before is null ? "/dev/null" : Ended(a)).Append('\n');
        patch.Append("+++ ").Append(file.After is null ? "/dev/null" : Ended(b)).Append('\n');
        foreach (var stretch in Stretches(old, now))
        {
            Add(patch, old, now, stretch);
        }
    }

    /// <summary>Differences that are near enough to share their context.</summary>
    private static List<List<DiffPlex.Model.DiffBlock>> Stretches(string[] old, string[] now)
    {
        var result = new List<List<DiffPlex.Model.DiffBlock>>();
        foreach (var block in Cut.Blocks(old, now))
        {
            if (result.Count > 0 && result[^1][^1] is var last && block.DeleteStartA - (last.DeleteStartA + last.DeleteCountA) <= 2 * Context)
            {
                result[^1].Add(block);
            }
            else
            {
                result.Add([block]);
            }
        }

        return result;
    }

    private static void Add(StringBuilder patch, string[] old, string[] now, List<DiffPlex.Model.DiffBlock> blocks)
    {
        var (first, last) = (blocks[0], blocks[^1]);
        var before = Math.Min(Context, first.DeleteStartA);
        var oldEnd = Math.Min(old.Length, last.DeleteStartA + last.DeleteCountA + Context);
        var (oldStart, newStart) = (first.DeleteStartA - before, first.InsertStartB - before);
        var newEnd = last.InsertStartB + last.InsertCountB + (oldEnd - last.DeleteStartA - last.DeleteCountA);
        patch.Append("@@ -").Append(Range(oldStart, oldEnd - oldStart)).Append(" +").Append(Range(newStart, newEnd - newStart)).Append(" @@\n");
        var at = oldStart;
        foreach (var block in blocks)
        {
            AddLines(patch, ' ', old, at, block.DeleteStartA);
            AddLines(patch, '-', old, block.DeleteStartA, block.DeleteStartA + block.DeleteCountA);
            AddLines(patch, '+', now, block.InsertStartB, block.InsertStartB + block.InsertCountB);
            at = block.DeleteStartA + block.DeleteCountA;
        }

        AddLines(patch, ' ', old, at, oldEnd);
    }

    private static void AddLines(StringBuilder patch, char mark, string[] lines, int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            patch.Append(mark).Append(lines[i]);
            if (!lines[i].EndsWith('\n'))
            {
                patch.Append("\n\\ No newline at end of file\n");
            }
        }
    }

    // An empty stretch is named by the line before it.
    private static string Range(int start, int count) => string.Create(CultureInfo.InvariantCulture, $"{(count == 0 ? start : start + 1)},{count}");

    /// <summary>The lines as git sees them, each with its line feed.</summary>
    private static string[] Lines(string text)
    {
        var result = new List<string>();
        for (var at = 0; at < text.Length;)
        {
            var end = text.IndexOf('\n', at) is >= 0 and var feed ? feed + 1 : text.Length;
            result.Add(text[at..end]);
            at = end;
        }

        return [.. result];
    }

    // A name with a blank ends with a tab, so that nothing behind it is taken for a part of it.
    private static string Ended(string path) => path[0] != '"' && path.Contains(' ') ? path + "\t" : path;

    private static string Quoted(string path)
    {
        var bytes = Encoding.UTF8.GetBytes(path);
        if (Array.TrueForAll(bytes, unit => unit is >= 0x20 and < 0x7F and not (byte)'"' and not (byte)'\\'))
        {
            return path;
        }

        var result = new StringBuilder("\"");
        foreach (var unit in bytes)
        {
            if (unit is (byte)'"' or (byte)'\\')
            {
                result.Append('\\').Append((char)unit);
            }
            else if (unit is >= 0x20 and < 0x7F)
            {
                result.Append((char)unit);
            }
            else
            {
                result.Append('\\').Append(Convert.ToString(unit, 8).PadLeft(3, '0'));
            }
        }

        return result.Append('"').ToString();
    }
}
