using NUnit.Framework;
using StoryLsp.Features.SelectionRanges;
using StoryLsp.Testing;

namespace StoryLsp.Features.Tests.SelectionRanges;

/// <summary>What is selected step by step, without the last step, which is the whole document.</summary>
public class SelectionStepsTests
{
    [TestCase("It rai$0ned. She left.", "rained", "It rained.")]
    [TestCase("It rained.$0 She left.", "It rained.", Description = "behind a full stop the sentence is meant")]
    [TestCase("Mr. Re$0ed left at 3.30 p.m. by car. He was late.", "Reed", "Mr. Reed left at 3.30 p.m. by car.")]
    [TestCase("She don$0't know.", "don't", "She don't know.")]
    [TestCase("A well-kn$0own man. Yes.", "known", "well-known", "A well-known man.")]
    [TestCase("“I know. G$0o now!” said Tom. He left.", "Go", "Go now!", "I know. Go now!", "“I know. Go now!”")]
    [TestCase("\"I kn$0ow. Go!\" he said.", "know", "I know.", "I know. Go!", "\"I know. Go!\"", "\"I know. Go!\" he said.", Description = "straight quotes; a quote without its other half is never selected")]
    [TestCase("\"I know. Go!\" he sa$0id. She went.", "said", "\"I know. Go!\" he said.", "\"I know. Go!\" he said. She went.")]
    [TestCase("Na, „ge$0h!“ sagte er. Dann ging er.", "geh", "geh!", "„geh!“", "Na, „geh!“ sagte er.")]
    [TestCase("彼は東$0京に行った。雨が降った。", "東京", "彼は東京に行った。")]
    [TestCase("「行こ$0う」と言った。雨。", "こう", "行こう", "「行こう」", "「行こう」と言った。")]
    [TestCase("One.\n\nTwo w$0ords\nin two lines. More.\n\nThree.", "words", "Two words⏎in two lines.", "Two words⏎in two lines. More.")]
    [TestCase("See [[Old M$0ill|the mill]] there. Yes.", "Mill", "Old Mill", "[[Old Mill|the mill]]", "See [[Old Mill|the mill]] there.")]
    [TestCase("- one\n- tw$0o three. Four.\n- five", "two", "two three.", "two three. Four.", "- one⏎- two three. Four.⏎- five")]
    [TestCase("Text.\n\n```\ncode he$0re\nmore\n```\nEnd.", "here", "code here", "code here⏎more", "```⏎code here⏎more⏎```")]
    [TestCase("Some <!-- a no$0te here --> text.", "note", "a note here", "<!-- a note here -->")]
    public void Prose(string text, params string[] steps)
    {
        var found = Steps("//- notes/page.md\n" + text + "\n");
        Assert.That(found.Take(steps.Length), Is.EqualTo(steps));
    }

    [Test]
    public void From_a_word_to_its_scene_and_chapter()
    {
        var found = Steps("""
            //- chapters/one.md
            # Part One

            ## The Ball
            ```story
            id: ball
            ```
            It ra$0ined.

            Tom left.

            ## Later

            Nothing.

            """);
        Assert.That(found, Is.EqualTo((string[])
        [
            "rained", "It rained.", "```story⏎id: ball⏎```⏎It rained.⏎⏎Tom left.", "## The Ball⏎```story⏎id: ball⏎```⏎It rained.⏎⏎Tom left.",
            "## The Ball⏎```story⏎id: ball⏎```⏎It rained.⏎⏎Tom left.⏎⏎## Later⏎⏎Nothing.",
            "# Part One⏎⏎## The Ball⏎```story⏎id: ball⏎```⏎It rained.⏎⏎Tom left.⏎⏎## Later⏎⏎Nothing.",
        ]));
    }

    [Test]
    public void A_name_of_several_words_is_a_step()
    {
        var found = Steps("//- story.yaml\nstory: 1\n//- characters/ada.yaml\nname: Ada Vane\n//- notes/page.md\nThere Ada Va$0ne stood.\n");
        Assert.That(found, Is.EqualTo((string[])["Vane", "Ada Vane", "There Ada Vane stood."]));
    }

    [Test]
    public void Yaml_goes_from_value_to_entry_to_container()
    {
        var found = Steps("""
            //- characters/ada.yaml
            name: Ada Vane
            relations:
              - to: Tom
                kind: "old fr$0iend"
              - to: Mo
            home: Mill

            """);
        Assert.That(found, Is.EqualTo((string[])
        [
            "friend", "old friend", "\"old friend\"", "kind: \"old friend\"", "to: Tom⏎    kind: \"old friend\"",
            "- to: Tom⏎    kind: \"old friend\"⏎  - to: Mo", "relations:⏎  - to: Tom⏎    kind: \"old friend\"⏎  - to: Mo",
            "name: Ada Vane⏎relations:⏎  - to: Tom⏎    kind: \"old friend\"⏎  - to: Mo⏎home: Mill",
        ]));
    }

    [TestCase("description: |\n  One day.\n  It ra$0ined. So.\n\n  More.\n", "rained", "It rained.", "One day.⏎  It rained. So.", "One day.⏎  It rained. So.⏎⏎  More.")]
    [TestCase("na$0me: Ada\n", "name", "name: Ada")]
    [TestCase("traits: [kind, pro$0ud]\n", "proud", "[kind, proud]", "traits: [kind, proud]")]
    [TestCase("name: Ada\n# a re$0mark here\nhome: Mill\n", "remark", "a remark here", "# a remark here", "name: Ada⏎# a remark here⏎home: Mill")]
    public void Yaml(string text, params string[] steps)
    {
        var found = Steps("//- characters/x.yaml\n" + text);
        Assert.That(found.Take(steps.Length), Is.EqualTo(steps));
    }

    [Test]
    public void Front_matter_is_a_step_of_its_page()
    {
        var found = Steps("//- notes/page.md\n---\ntitle: A p$0age\ntags: [x]\n---\n# Title\nText.\n");
        Assert.That(found, Is.EqualTo((string[])["page", "A page", "title: A page", "title: A page⏎tags: [x]", "---⏎title: A page⏎tags: [x]⏎---", "---⏎title: A page⏎tags: [x]⏎---⏎# Title⏎Text."]));
    }

    [Test]
    public void A_fence_belongs_to_its_scene()
    {
        var found = Steps("//- scenes/a.md\n## Ball\n```story\nid: b$0all\n```\nText.\n\n## Next\n");
        Assert.That(found.Take(5), Is.EqualTo((string[])["ball", "id: ball", "```story⏎id: ball⏎```", "```story⏎id: ball⏎```⏎Text.", "## Ball⏎```story⏎id: ball⏎```⏎Text."]));
    }

    [Test]
    public void A_script_goes_from_line_to_scene()
    {
        var found = Steps("//- script.fountain\nTitle: Ball\n\nINT. MILL - NIGHT\n\nAda wa$0its. Rain.\n\nEXT. RIVER - DAY\n\nNothing.\n");
        Assert.That(found, Is.EqualTo((string[])["waits", "Ada waits.", "Ada waits. Rain.", "INT. MILL - NIGHT⏎⏎Ada waits. Rain.", "Title: Ball⏎⏎INT. MILL - NIGHT⏎⏎Ada waits. Rain.⏎⏎EXT. RIVER - DAY⏎⏎Nothing."]));
    }

    [Test]
    public void Every_step_lies_in_the_next_and_holds_the_caret_everywhere()
    {
        var workspace = FixtureWorkspace.Of(StoryFixture.Files + "//- x.md {crlf}\n# A\r\n> - “Hi. [x](y.md)”\n<!-- never closed\n//- broken.yaml\na: [b\n c: \"d\n//- empty.md\n");
        foreach (var file in workspace.Files)
        {
            for (var offset = 0; offset <= file.Text.Length; offset++)
            {
                var found = SelectionSteps.At(workspace.Snapshot, file.Path, offset, CancellationToken.None);
                for (var i = 0; i < found.Count; i++)
                {
                    Assert.That(found[i].Touches(offset) && (i == 0 || (found[i].Contains(found[i - 1]) && found[i] != found[i - 1])), $"{file.Path} {offset} {i}");
                }

                Assert.That(found.Count == 0 ? 0 : found[^1].Length, Is.EqualTo(file.Text.Length), $"{file.Path} {offset}");
            }
        }
    }

    private static List<string> Steps(string fixture)
    {
        var workspace = FixtureWorkspace.Of(fixture);
        var text = workspace.Text(workspace.CursorPath)!;
        return [.. SelectionSteps.At(workspace.Snapshot, workspace.CursorPath, workspace.CursorOffset, CancellationToken.None)
            .Where(span => span.Length < text.Length).Select(span => text.Slice(span).ReplaceLineEndings("⏎"))];
    }
}
