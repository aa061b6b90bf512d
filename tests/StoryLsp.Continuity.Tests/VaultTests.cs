using NUnit.Framework;

namespace StoryLsp.Continuity.Tests;

/// <summary>A folder of notes without a <c>story.yaml</c> opens without one false error.</summary>
public class VaultTests
{
    [Test]
    public void Properties_as_Obsidian_writes_them() => RuleCheck.Clean("""
        //- Ada Vane.md
        ---
        title: 1984
        type: post
        aliases:
          - Ada
        tags: [person/main, "#story"]
        date: 2024-01-05
        created: 2024-01-05T21:30
        cssclasses:
          - wide
        publish: true
        rating: 4.5
        related: "[[Tom]]"
        image: [[portrait.png]]
        empty:
        list:
        ---
        # Ada Vane #tag

        > [!note] A callout
        > with [[Tom|a friend]] and ![[portrait.png]] and [[Tom#Youth]] and [[#Ada Vane tag]].
        > [[Tom#^end]]

        ```dataview
        TABLE file.name FROM [[Nowhere]]
        ```

        `= this.file.name` and `[[Nowhere]]` and %% [[Nowhere]] %% <!-- [[Nowhere]] -->
        [web](https://example.org/a#b) [mail](mailto:a@b.c) [here](#ada-vane-tag) [there](Tom.md#youth) ![p](portrait.png)
        //- Tom.md
        ---
        alias: Thomas
        ---
        ## Youth

        He was young. ^end
        //- portrait.png
        """);

    [TestCase("aliases: Ada")]
    [TestCase("aliases: Ada, The Weaver")]
    [TestCase("aliases: []")]
    [TestCase("aliases:")]
    [TestCase("aliases: [Ada, 1984]")]
    [TestCase("alias:\n  - Ada\n  - null")]
    [TestCase("Aliases: Ada")]
    [TestCase("status:\n  - draft")]
    [TestCase("description: [a]")]
    [TestCase("when: someday")]
    [TestCase("born: spring\ndied: ~")]
    [TestCase("type: post")]
    [TestCase("type:\n  - character")]
    [TestCase("weight: 60 kg\nclub: x\nmood: y")]
    [TestCase("tags: a b c")]
    public void Properties(string property) => RuleCheck.Clean($"//- Characters/Ada.md\n---\n{property}\n---\nText.\n");

    [Test]
    public void Markdown_links_as_Obsidian_writes_them() => RuleCheck.Clean("""
        //- A/One.md
        [g](Hollow%20Creek.md) ![](pic%20two.png) [y](B/Deep.md) [z](Deep) [h](Hollow%20Creek.md#the-mill)
        //- B/Deep.md
        Text.
        //- Places/Hollow Creek.md
        ## The mill
        //- img/pic two.png
        """);

    [Test]
    public void Days_are_no_misspellings_of_each_other()
    {
        const string Vault = "//- 2024-01-02.md\nText.\n//- 2024.md\nText.\n//- Chapter 1.md\nSee [[2024-01-01]].\n";
        Assert.That(RuleCheck.Titles(Vault, "ref/unresolved"), Is.EqualTo(new[] { "Create the note `2024-01-01.md`" }));
        RuleCheck.Fix(Vault, "ref/unresolved", "Create the note `2024-01-01.md`", Vault + "//- 2024-01-01.md\n# 2024-01-01\n");
        Assert.That(RuleCheck.Titles("//- Chapter 1.md\nSee [[Chapter 2]].", "ref/unresolved"), Is.EqualTo(new[] { "Create the note `Chapter 2.md`" }));
    }

    [Test]
    public void Templates() => RuleCheck.Clean("""
        //- Templates/Scene.md
        ---
        title: {{title}}
        date: <% tp.date.now("YYYY-MM-DD") %>
        created: <% tp.file.creation_date("HH:mm: ss") %>
        pov: "[[{{pov}}]]"
        <%* if (x) { %>
        type: scene
        location: {{place}}
        time_of_day: <% tp.system.suggester() %>
        <%* } %>
        ---
        [[<% tp.file.title %>]] [[{{date}}]] [x](<% y %>)
        """);

    [Test]
    public void Links_to_notes_that_are_not_written_yet_are_hints() => RuleCheck.Faults("""
        //- Plan.md
        ---
        up: "[[Index]]"
        #      ^^^^^ ref/unresolved hint
        ---
        See [[Next Book]] and [[Plan#Nothing]] and [x](gone.md) and ![[gone.png]].
        #     ^^^^^^^^^ ref/unresolved hint: `Next Book` names nothing
        #                            ^^^^^^^ ref/unresolved hint: no heading
        #                                              ^^^^^^^ ref/broken-path hint
        #                                                              ^^^^^^^^ ref/unresolved hint
        """);

    [Test]
    public void Folders_of_types_are_loose() => RuleCheck.Faults("""
        //- Scenes/One.md
        ---
        POV: "[[Ada]]"
        characters:
          - "[[Ada]]"
          - "[[Tom]]"
        #      ^^^ ref/unresolved hint
        location: the old mill
        #         ^^^^^^^^^^^^ ref/unresolved hint
        time_of_day: teatime
        #            ^^^^^^^ schema/not-an-option hint
        order: 1a
        #      ^^ schema/wrong-type hint
        ---
        //- People/Ada.md
        """);

    [Test]
    public void An_id_in_a_container_with_a_written_type_is_meant() => RuleCheck.Faults("""
        //- one.md
        ---
        type: scene
        pov: ada-vane
        #    ^^^^^^^^ ref/unresolved error
        characters: [Ada Vane]
        #            ^^^^^^^^ ref/unresolved hint
        location: "[[mill]]"
        #            ^^^^ ref/unresolved hint
        ---
        //- two.md
        ---
        type: post
        pov: ada-vane
        ---
        """);

    [Test]
    public void An_id_in_a_collection_is_meant() => RuleCheck.Faults("""
        //- book.yaml
        locations:
          - {id: mill, name: Mill, within: valley}
        #                                  ^^^^^^ ref/unresolved error
          - {id: weir, name: Weir, within: The Valley}
        #                                  ^^^^^^^^^^ ref/unresolved hint
        """);

    [Test]
    public void Lists_that_count_from_one_share_no_ids() => RuleCheck.Clean("""
        //- book.yaml
        characters:
          - {id: 1, name: Ada}
        locations:
          - {id: 1, name: Mill}
        """);

    [Test]
    public void A_misspelt_type_is_a_hint_and_another_word_is_not() => RuleCheck.Faults("""
        //- one.md
        ---
        type: charcter
        #     ^^^^^^^^ schema/unknown-type hint: `character`
        ---
        //- two.md
        ---
        type: shop
        ---
        //- three.md
        ---
        type: team
        ---
        //- four.md
        ---
        type: book
        ---
        """);

    [Test]
    public void Nothing_that_crosses_documents_is_said_before_the_first_index_is_complete()
    {
        var fixture = """
            //- one.md
            ---
            type: scene
            pov: ada-vane
            synopsys: x
            order: many
            ---
            [[Nowhere]] [x](gone.md)
            <!-- story-ignore: ref/unresolved -->
            """;
        var codes = Testing.FixtureWorkspace.Of(fixture, isComplete: false).AllFindings().Select(found => found.Finding.Code);
        Assert.That(codes, Is.EqualTo(new[] { "schema/wrong-type" }));
    }
}
