using StoryLsp.Testing;

namespace StoryLsp.Continuity.Tests.Styles;

/// <summary><c>The Mysterious Affair at Styles</c> with its annotation.</summary>
internal static class AnnotatedStyles
{
    /// <summary>The folder of the annotation and of the labels.</summary>
    public static string Folder { get; } = Path.Combine(Repository.Root, "tests", "data", "novels", "styles-annotated");

    /// <summary>The annotated novel; without the novel the test is skipped.</summary>
    public static AnnotatedNovel Read() => AnnotatedNovel.Read(Folder, TestData.Find("novels/The Mysterious Affair at Styles.md"));
}
