using Markdig.Syntax;
using NUnit.Framework;
using System.Text;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Markdown;
using StoryLsp.Language.Text;
using StoryLsp.Testing;

namespace StoryLsp.Language.Tests.Markdown;

/// <summary>Notes and novels that others wrote.</summary>
internal sealed class RealMarkdownTests
{
    [Test]
    public void All_wikilinks_of_the_srd_are_found()
    {
        string[] files = NotesAndNovels.FilesOf("dnd-srd");
        int links = files.Sum(file => Parse(file).Links.Count(link => link.Kind is LinkKind.Wikilink or LinkKind.Embed));

        Assert.That(files, Has.Length.EqualTo(1028));
        Assert.That(links, Is.EqualTo(778));
    }

    [Test]
    public void A_novel_in_one_file_keeps_its_headings_and_words()
    {
        
        SourceText text = SourceText.Decode(File.ReadAllBytes(TestData.Find("novels/War and Peace.md")), out _);
        MarkdownTree tree = MarkdownParser.Parse(text);

        Assert.That(tree.Headings[0].Text, Is.EqualTo("Title: War and Peace"));
        Assert.That(tree.Headings.Count(heading => heading.Text.StartsWith("CHAPTER", StringComparison.Ordinal)), Is.EqualTo(CountLines(text, "CHAPTER")));
        Assert.That(tree.Prose.Sum(span => span.Length), Is.GreaterThan(text.Length * 95 / 100));
    }

    [Test]
    public void Spans_of_real_files_hold()
    {
        foreach (string file in NotesAndNovels.FilesOf("novels").Concat(NotesAndNovels.FilesOf("dnd-srd")))
        {
            SourceText text = SourceText.Decode(File.ReadAllBytes(file), out _);
            MarkdownTree tree = MarkdownParser.Parse(text);
            MarkdownInvariants.Check(text, tree);
            Assert.That(MarkdownDump.Of(text, MarkdownParser.Parse(text, takesShortcuts: false)), Is.EqualTo(MarkdownDump.Of(text, tree)), file);
        }
    }

    [Test]
    public void Headings_of_real_files_are_those_that_Markdig_finds()
    {
        foreach (string file in NotesAndNovels.FilesOf("novels").Concat(NotesAndNovels.FilesOf("dnd-srd")))
        {
            SourceText text = SourceText.Decode(File.ReadAllBytes(file), out _);
            MarkdownTree tree = MarkdownParser.Parse(text);
            var expected = Markdig.Markdown.Parse(text.Text[tree.BodyStart..]).Descendants<Markdig.Syntax.HeadingBlock>()
                .Select(heading => (heading.Level, heading.Span.Start + tree.BodyStart));

            Assert.That(tree.Headings.Select(heading => (heading.Level, heading.Span.Start)), Is.EqualTo(expected), file);
        }
    }

    [Test]
    public void Threads_do_not_disturb_each_other()
    {
        SourceText[] texts = [.. NotesAndNovels.FilesOf("dnd-srd").Select(file => SourceText.From(File.ReadAllText(file, Encoding.UTF8)))];
        string[] serial = [.. texts.Select(text => MarkdownDump.Of(text, MarkdownParser.Parse(text)))];
        string[] parallel = [.. texts.AsParallel().AsOrdered().WithDegreeOfParallelism(4).Select(text => MarkdownDump.Of(text, MarkdownParser.Parse(text)))];

        Assert.That(parallel, Is.EqualTo(serial));
    }

    private static int CountLines(SourceText text, string start)
    {
        int count = 0;
        for (int line = 0; line < text.LineCount; line++)
        {
            string content = text.Slice(text.GetLineSpan(line)).TrimEnd();
            string title = content.TrimStart('#').TrimStart();
            count += title.Length < content.Length && title.StartsWith(start, StringComparison.Ordinal) ? 1 : 0;
        }

        return count;
    }

    private static MarkdownTree Parse(string file) => MarkdownParser.Parse(SourceText.From(File.ReadAllText(file, Encoding.UTF8)));
}
