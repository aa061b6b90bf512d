using StoryLsp.Testing;

namespace StoryLsp.Language.Tests.Markdown;

/// <summary>Markdown files of the real data.</summary>
internal static class NotesAndNovels
{
    /// <summary>The files of a folder, in a fixed order.</summary>
    public static string[] FilesOf(string folder)
    {
        string[] files = Directory.GetFiles(TestData.Find(folder), "*.md", SearchOption.AllDirectories);
        Array.Sort(files, StringComparer.Ordinal);
        return files;
    }
}
