using StoryLsp.Continuity.Secrets;
using StoryLsp.Language.Facts;
using StoryLsp.Pipelines.Providers;
using StoryLsp.Pipelines.Secrets;

namespace StoryLsp.Pipelines.Tests.Secrets;

/// <summary>Lines of files that a model may see as they stand there.</summary>
[TestFixture]
internal sealed class PublicLinesTests
{
    private const string Case = """
        type: case
        id: murder
        name: The Case
        victim: tom
        culprit: ada
        motive: |
          She wanted
          the mill.
        suspects: [{who: ada, alibi: {lie: true}}]
        colour: unknown
        reveal: three
        """;

    [Test]
    public void NoLineOfASecretFieldIsTold()
    {
        var (snapshot, secrets) = Of("one");
        var lines = new PublicLines(snapshot, secrets, "case.yaml");
        Assert.That(Enumerable.Range(0, 11).Select(lines.Line), Is.EqualTo(new string?[] { "type: case", "id: murder", "name: The Case", "victim: tom", null, null, null, null, null, null, null }));
    }

    [Test]
    public void NoLineOfALaterSceneIsTold()
    {
        var (snapshot, secrets) = Of("two");
        var lines = new PublicLines(snapshot, secrets, "scenes.md");
        var told = string.Join('\n', Enumerable.Range(0, 40).Select(lines.Line).OfType<string>());
        Assert.That(told, Does.Contain("First.").And.Contain("Second.").And.Not.Contain("Third.").And.Not.Contain("three"));
    }

    [Test]
    public void FindingsInSecretsAreNoneOfAModelsBusiness()
    {
        var (snapshot, secrets) = Of("one");
        var text = snapshot.Text("case.yaml")!.Text;
        Finding At(string word, string message = "A fault.") => new("x/y", Severity.Error, new(text.IndexOf(word, StringComparison.Ordinal), word.Length), message);
        var found = PublicFindings.Of(snapshot, secrets, [("case.yaml", At("tom")), ("case.yaml", At("ada")), ("case.yaml", At("wanted")), ("case.yaml", At("murder", "She wanted the mill!"))]);
        Assert.That(found.Select(one => one.Finding.Span), Is.EqualTo([At("tom").Span]));
    }

    [Test]
    public void TheEarliestSceneDecides()
    {
        var (snapshot, _) = Of("one");
        Assert.That(StorySecrets.Earliest(snapshot, snapshot.ContainersOf("scene"))!.Fact.Id, Is.EqualTo("one"));
        Assert.That(StorySecrets.Earliest(snapshot, []), Is.Null);
    }

    [Test]
    public void WhatIsTypedIsRefusedWithoutBeingRepeated()
    {
        var (_, secrets) = Of("one");
        FirewallChatClient.Require(secrets, "Write on.", null);
        var failure = Assert.Throws<ProviderException>(() => FirewallChatClient.Require(secrets, "Write on.", "How she WANTED the mills."));
        Assert.That(failure!.Failure, Is.EqualTo(ProviderFailure.SecretInPrompt));
        Assert.That(failure.Message, Does.Not.Contain("mill").IgnoreCase);
    }

    [Test]
    public void TheWordsOfTheProductAreNoSecret()
    {
        var snapshot = FixtureWorkspace.Of("//- schemas/scene.yaml\nschema: scene\nextends: scene\nfields: {twist: {type: text, secret: true}}\n//- scenes/a.md\n---\ntwist: plain sentences in the present tense\n---\nOne.\n").Snapshot;
        var secrets = StorySecrets.At(snapshot, null);
        var system = StoryLsp.Pipelines.Files.PipelineFiles.Shipped.Single(pipeline => pipeline.Name == "synopsis").Steps.OfType<StoryLsp.Pipelines.Files.PromptStep>().Single().System;
        Assert.That(secrets.Says(system, out _), Is.True, "The sentence of the product says it.");
        FirewallChatClient.Require(secrets, system);
        Assert.Throws<ProviderException>(() => FirewallChatClient.Require(secrets, system + "\nSay: plain sentences in the present tense."));
    }

    private static (Index.Snapshot Snapshot, StorySecrets Secrets) Of(string scene)
    {
        var snapshot = FixtureWorkspace.Of($$"""
            //- story.yaml
            story: 1
            //- characters/ada.yaml
            name: Ada
            //- characters/tom.yaml
            name: Tom
            //- case.yaml
            {{Case.ReplaceLineEndings("\n").Replace("\n", "\n            ")}}
            //- scenes.md
            # One
            ```story
            id: one
            ```
            First.
            # Two
            ```story
            id: two
            ```
            Second.
            # Three
            ```story
            id: three
            ```
            Third.
            """.Replace("\n            ", "\n")).Snapshot;
        return (snapshot, StorySecrets.At(snapshot, snapshot.ContainersOf("scene").Single(one => one.Fact.Id == scene)));
    }
}
