using System.Text;
using StoryLsp.Language.Text;

namespace StoryLsp.Pipelines.History;

/// <summary>Writes one file: whole or not at all, in the encoding that it had, and only over the text that was expected.</summary>
internal sealed class FileWrite(HistorySession session)
{
    private const string Suffix = ".storylsp-tmp";

    /// <summary>Brings a file from one text to another.</summary>
    /// <param name="path">Workspace-relative path with <c>/</c>.</param>
    /// <param name="before">What it is; null: no file.</param>
    /// <param name="after">What it becomes; null: no file.</param>
    /// <param name="encoding">How it is written where there is no file now.</param>
    /// <returns>Null, or why the file was left as it is.</returns>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public string? Bring(string path, string? before, string? after, TextEncoding encoding)
    {
        if (WhyNot(path, before, after) is { } why)
        {
            return why;
        }

        var now = FileText.Read(session.Root, path);
        var full = Path.Combine(session.Root, path);
        if (now.Text == after && now.Exists == after is not null)
        {
            return null;
        }

        session.Reach(FaultPoints.BeforeFile);
        if (after is null)
        {
            session.Reach(FaultPoints.BeforeDelete);
            File.Delete(full);
            session.Reach(FaultPoints.AfterDelete);
            return null;
        }

        var target = TargetOf(full);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        WriteTemporary(target, BytesOf(after, now.Exists ? now.Encoding : encoding));
        session.Reach(FaultPoints.BeforeRename);
        // Between the first look and now somebody may have saved: their words are not written over.
        if (WhyNot(path, before, after) is { } changed)
        {
            File.Delete(target + Suffix);
            return changed;
        }

        File.Move(target + Suffix, target, overwrite: true);
        session.Reach(FaultPoints.AfterRename);
        return null;
    }

    /// <summary>Why a file must not be written over; null when it may.</summary>
    public string? WhyNot(string path, string? before, string? after)
    {
        var now = FileText.Read(session.Root, path);
        return !FileText.IsInside(path) ? $"{path} lies outside of the story, so it was left alone."
            : now.IsUnreadable ? $"{path} cannot be read as text, so it was left alone."
            : Same(now.Text, before) || Same(now.Text, after) ? LeadsOut(path)
            : now.Exists ? $"{path} was changed meanwhile, so it was left as it is."
            : $"{path} was deleted meanwhile, so it was left so.";
    }

    /// <summary>Removes what a process that died left behind.</summary>
    public void RemoveTemporary(string path)
    {
        try
        {
            if (FileText.IsInside(path) && LeadsOut(path) is null && TargetOf(Path.Combine(session.Root, path)) + Suffix is var temporary && File.Exists(temporary))
            {
                File.Delete(temporary);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It is in nobody's way: the next write of this file takes its place, or says what is wrong.
        }
    }

    private static bool Same(string? text, string? other) => TreeRows.HashOf(text) == TreeRows.HashOf(other);

    // What a link stands for is written, and not the link; but never outside of the story.
    private static string TargetOf(string full) =>
        new FileInfo(full).LinkTarget is null ? full : File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full;

    private string? LeadsOut(string path)
    {
        var full = Path.Combine(session.Root, path);
        var target = TargetOf(full);
        return target == full || target.StartsWith(session.Root + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? null
            : $"{path} is a link to a file outside of the story, so it was left alone.";
    }

    private void WriteTemporary(string target, byte[] bytes)
    {
        using (var file = new FileStream(target + Suffix, FileMode.Create, FileAccess.Write, FileShare.None, 1))
        {
            file.Write(bytes.AsSpan(0, bytes.Length / 2));
            session.Reach(FaultPoints.HalfFile);
            file.Write(bytes.AsSpan(bytes.Length / 2));
            file.Flush(flushToDisk: true);
        }

        if (!OperatingSystem.IsWindows() && File.Exists(target))
        {
            File.SetUnixFileMode(target + Suffix, File.GetUnixFileMode(target));
        }
    }

    private static byte[] BytesOf(string text, TextEncoding encoding) => encoding switch
    {
        TextEncoding.Utf16LittleEndian => [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text)],
        TextEncoding.Utf16BigEndian => [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(text)],
        TextEncoding.Utf8WithMark => [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text)],
        _ => Encoding.UTF8.GetBytes(text),
    };
}
