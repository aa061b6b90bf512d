using StoryLsp.Index;
using StoryLsp.Pipelines.Secrets;

namespace StoryLsp.Pipelines.Tests.Secrets;

/// <summary>What a model is told of a scene: as it is when the scene begins, as far as it fits, and why.</summary>
[TestFixture]
internal sealed class CompiledContextTests
{
    private const string Story = """
        //- story.yaml
        story: 1
        manuscript: [one, two, three, four]
        //- characters/ada.yaml
        name: Ada Vane
        hair: brown
        died: 1950-01-01
        //- characters/tom.yaml
        name: Tom Rudd
        progressions: [{from: three, field: eyes, to: blind}]
        eyes: grey
        //- locations/valley.yaml
        name: The Valley
        //- locations/mill.yaml
        name: The Old Mill
        within: valley
        //- items/revolver.yaml
        name: The Revolver
        owner: tom
        location: study
        //- items/lamp.yaml
        name: The Lamp
        owner: ada
        //- facts/tide.yaml
        statement: The river rises at noon.
        known_by: [ada]
        //- facts/will.yaml
        id: will
        name: The will
        statement: Tom wrote the will himself at night.
        known_by: [tom]
        secret_until: three
        //- threads/debt.yaml
        name: The debt
        //- scenes/scenes.md
        # One
        ```story
        id: one
        pov: ada
        characters: [ada, tom]
        location: mill
        synopsis: Ada comes to the mill.
        effects:
          - ada takes revolver
          - {injures: {who: tom, what: broken arm}}
          - ada hair: red
          - tom learns will
        ```
        She came down the hill.

        Tom wrote the will himself.

        The mill was dark.
        # Two
        ```story
        id: two
        pov: ada
        characters: [ada, tom]
        location: mill
        setups: [debt]
        synopsis: They wait.
        relies_on: [{who: tom, fact: will}]
        effects:
          - {gives: {who: ada, item: revolver, to: tom}}
        ```
        They waited for the flood.
        # Three
        ```story
        id: three
        pov: ada
        synopsis: Tom tells of the will.
        reveals: [will]
        ```
        He told her.
        # Four
        ```story
        id: four
        ```
        It was over.
        """;

    [Test]
    public void TheStateIsThatBeforeTheScene()
    {
        var context = Of("two", ContextPart.Cast, ContextPart.Place, ContextPart.Items, ContextPart.Threads, ContextPart.Facts);
        Assert.That(context.Items.Select(item => (item.Container, item.Reason)), Is.EqualTo(new[]
        {
            ("ada", "the point of view"), ("tom", "in the cast"), ("mill", "the place"), ("valley", "the place"), ("revolver", "an item at hand"), ("lamp", "an item at hand"),
            ("debt", "a thread set up here"), ("tide", "known to the point of view"),
        }));
        Assert.That(context.Items[0].Attributes, Is.EqualTo("type: character\nname: Ada Vane\nlocation: The Old Mill\nhas: The Lamp, The Revolver\nknows: The river rises at noon.\nhair: red\n"));
        Assert.That(context.Items[1].Attributes, Is.EqualTo("type: character\nname: Tom Rudd\nalive: yes\nlocation: The Old Mill\nis hurt: broken arm\neyes: grey\n"));
        Assert.That(context.Items[4].Attributes, Is.EqualTo("type: item\nname: The Revolver\n"));
    }

    [Test]
    public void WhatHasNotBeenRevealedIsLeftOutAndCounted()
    {
        var context = Of("two", ContextPart.Subject, ContextPart.Before);
        Assert.That(context.Prose, Is.EqualTo("They waited for the flood."));
        Assert.That(context.Text, Does.Contain("She came down the hill.\n\nThe mill was dark.").And.Contain("ada gives revolver to tom").And.Not.Contain("will"));
        Assert.That(context.LeftOut, Is.EqualTo(new[] { "1 paragraph that would tell what is secret here", "1 value that is not to be told here" }));
        Assert.That(Of("three", ContextPart.Before, ContextPart.Facts).Text, Does.Contain("Tom wrote the will himself.").And.Contain("a fact revealed here: will"));
    }

    [Test]
    public void EarlierScenesComeNearestFirstAndAreToldInOrder()
    {
        var all = Of("four", ContextPart.Before);
        Assert.That(all.Items.Select(item => item.Container), Is.EqualTo(["one", "two", "three"]));
        var some = ContextCompiler.Compile(Snapshot, new() { Subject = Scene("four"), Include = [ContextPart.Before, ContextPart.Synopses], TokenLimit = 125 });
        Assert.That(some.Items.Select(item => (item.Container, item.Reason)), Is.EqualTo(new[]
        {
            ("one", "an earlier scene"), ("two", "the text of an earlier scene"), ("three", "the text of an earlier scene"),
        }));
        Assert.That(some.LeftOut, Does.Contain("1 earlier scene that did not fit"));
        Assert.That(some.Tokens, Is.LessThanOrEqualTo(125));
    }

    [TestCase(0)]
    [TestCase(10)]
    [TestCase(60)]
    [TestCase(150)]
    [TestCase(400)]
    public void TheLimitIsKept(int limit)
    {
        var context = ContextCompiler.Compile(Snapshot, new() { Subject = Scene("three"), Include = Enum.GetValues<ContextPart>(), TokenLimit = limit });
        Assert.That(context.Tokens, Is.LessThanOrEqualTo(limit));
        Assert.That(Tokens.Estimate(context.Text), Is.LessThanOrEqualTo(limit + context.Items.Count));
        Assert.That(context.Items.Sum(item => item.Tokens), Is.LessThanOrEqualTo(context.Tokens));
    }

    [Test]
    public void AnotherViewpointKnowsOtherThings()
    {
        var tom = ContextCompiler.Compile(Snapshot, new() { Subject = Scene("four"), Viewpoint = Snapshot.ContainersOf("character").Single(one => one.Name == "Tom Rudd"), Include = [ContextPart.Facts] });
        Assert.That(tom.Items.Select(item => item.Container), Is.EqualTo(["will"]));
    }

    [Test]
    public void ASecretSubjectIsNamedByItsKindAlone()
    {
        var context = ContextCompiler.Compile(Snapshot, new() { Subject = Snapshot.ContainersOf("fact").Single(fact => fact.Fact.Id == "will"), Include = [ContextPart.Subject] });
        Assert.That(context.Text, Does.Contain("the fact: a fact").And.Contain("name: a fact").And.Not.Contain("will"));
        Assert.That((context.Id, context.Name), Is.EqualTo(("a fact", "a fact")));
    }

    [Test]
    public void TheFieldsOfATypeAreToldWithoutSecretOnes()
    {
        var context = ContextCompiler.Compile(Snapshot, new() { SchemaType = "case", Include = [ContextPart.Schema] });
        Assert.That(context.Text, Does.Contain("victim: reference to character - To whom it was done.").And.Not.Contain("culprit: ").And.Not.Contain("lie: "));
    }

    private static Snapshot Snapshot { get; } = FixtureWorkspace.Of(Story).Snapshot;

    private static Container Scene(string id) => Snapshot.ContainersOf("scene").Single(scene => scene.Fact.Id == id);

    private static CompiledContext Of(string scene, params ContextPart[] parts) => ContextCompiler.Compile(Snapshot, new() { Subject = Scene(scene), Include = parts });
}
