using NUnit.Framework;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using StoryLsp.Language.Markdown;
using StoryLsp.Language.Text;

namespace StoryLsp.Language.Tests.Markdown;

/// <summary>Whatever stands in a file, it parses, and every span lies where it should.</summary>
internal sealed class MarkdownFuzzTests
{
    private static readonly string[] Pieces =
    [
        "[", "]", "[[", "]]", "![[", "(", ")", "](", "|", "\\|", "#", "# ", "## ", "^a", " ^b1", "`", "```", "```story\n", "~~~", "%%", "%synopsis: ",
        "$", "$$", "<%", "%>", "- pov:ada\n",
        "@pov: ", "<!--", "-->", "<b>", "</", "<", ">", "> ", "- ", "1. ", "\t", "    ", "\n", "\n\n", "\r\n", "\r", "\r\n\r\n", "---", "---\n", "...\n",
        "===", "a: b\n", "key:", "*", "**", "_", "\\", "&amp;", "&", "[a]: b\n", "[a]: <b c>\n", "[a]", "![i](", "(<x y>)", "%20", "😀", "é", "\0", "\uFEFF",
        "\uD800", "word", "Ada Vane", " ", "  \n", "| a | b |\n|---|---|\n", "<div>\n", "<?", "<![CDATA[", "http://x.y", "<http://x>",
    ];

    /// <summary>The same soups in every run, so that a run tells of a change and not of luck.</summary>
    private static readonly Replay Replay = new(new Rnd(2_026, 1_121), null);

    [Test]
    public void Any_soup_of_marks_parses()
    {
        Gen<string> soup = Gen.Elements(Pieces).ListOf().Select(parts => string.Concat(parts));
        Check.One(
            Config.QuickThrowOnFailure.WithReplay(Replay).WithMaxTest(2_000).WithEndSize(60),
            Prop.ForAll(soup.ToArbitrary(), text => Holds(text)));
    }

    [Test]
    public void Any_soup_of_lines_parses()
    {
        Gen<string> line = Gen.Elements(Pieces).ListOf().Select(parts => string.Concat(parts.Take(3)));
        Gen<string> soup = line.ListOf().Select(lines => string.Join('\n', lines));
        Check.One(
            Config.QuickThrowOnFailure.WithReplay(Replay).WithMaxTest(3_000).WithEndSize(40),
            Prop.ForAll(soup.ToArbitrary(), text => Holds(text)));
    }

    [Test]
    public void Any_soup_behind_front_matter_parses()
    {
        Gen<string> soup = Gen.Elements(Pieces).ListOf().Select(parts => "---\nname: Ada\n" + string.Concat(parts));
        Check.One(
            Config.QuickThrowOnFailure.WithReplay(Replay).WithMaxTest(500).WithEndSize(60),
            Prop.ForAll(soup.ToArbitrary(), text => Holds(text)));
    }

    [Test]
    public void Notes_with_random_faults_parse()
    {
        string[] files = NotesAndNovels.FilesOf("dnd-srd");
        var random = new System.Random(20_260_101);
        for (int i = 0; i < 1_500; i++)
        {
            string text = File.ReadAllText(files[random.Next(files.Length)], Encoding.UTF8);
            text = text[..Math.Min(text.Length, 6_000)];
            Holds(Mutate(text, random));
        }
    }

    private static string Mutate(string text, System.Random random)
    {
        var mutated = new StringBuilder(text);
        for (int n = random.Next(1, 12); n > 0; n--)
        {
            int at = random.Next(mutated.Length + 1);
            switch (random.Next(3))
            {
                case 0:
                    mutated.Remove(at, Math.Min(random.Next(12), mutated.Length - at));
                    break;
                case 1:
                    mutated.Insert(at, Pieces[random.Next(Pieces.Length)]);
                    break;
                default:
                    int length = Math.Min(random.Next(200), mutated.Length - at);
                    mutated.Insert(random.Next(mutated.Length + 1), mutated.ToString(at, length));
                    break;
            }
        }

        return mutated.ToString();
    }

    private static bool Holds(string markdown)
    {
        SourceText text = SourceText.From(markdown);
        try
        {
            MarkdownTree tree = MarkdownParser.Parse(text);
            MarkdownInvariants.Check(text, tree);
            MarkdownTree slow = MarkdownParser.Parse(text, takesShortcuts: false);
            if (MarkdownDump.Of(text, tree) != MarkdownDump.Of(text, slow))
            {
                throw new AssertionException($"a shortcut changed the tree:\n{MarkdownDump.Of(text, tree)}\nMarkdig alone:\n{MarkdownDump.Of(text, slow)}\n");
            }
        }
        catch (AssertionException e)
        {
            throw new AssertionException($"{e.Message} in:\n{markdown.Replace("\r", "␍", StringComparison.Ordinal)}");
        }

        return true;
    }
}
