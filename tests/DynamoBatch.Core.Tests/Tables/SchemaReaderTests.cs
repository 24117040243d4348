using System;
using Amazon.DynamoDBv2.Model;
using DynamoBatch.Core.Tables;
using Shouldly;
using Xunit;

namespace DynamoBatch.Core.Tests.Tables;

public class SchemaReaderTests
{
    [Fact]
    public void Keys_and_index_keys_come_with_their_types_and_once()
    {
        var table = new TableDescription
        {
            AttributeDefinitions =
            [
                new("id", "S"), new("at", "N"), new("owner", "B"),
            ],
            KeySchema = [new("id", "HASH"), new("at", "RANGE")],
            GlobalSecondaryIndexes = [new() { KeySchema = [new("owner", "HASH"), new("at", "RANGE")] }],
            LocalSecondaryIndexes = [new() { KeySchema = [new("id", "HASH"), new("owner", "RANGE")] }],
        };

        TableSchema schema = SchemaReader.Read("T", table);

        schema.PartitionKey.ShouldBe(new KeyAttribute("id", KeyType.S));
        schema.SortKey.ShouldBe(new KeyAttribute("at", KeyType.N));
        schema.IndexKeys.ShouldBe([new KeyAttribute("owner", KeyType.B)]);
    }

    [Fact]
    public void A_table_without_sort_key_and_indexes_has_none()
    {
        var table = new TableDescription { AttributeDefinitions = [new("id", "S")], KeySchema = [new("id", "HASH")] };

        TableSchema schema = SchemaReader.Read("T", table);

        schema.SortKey.ShouldBeNull();
        schema.IndexKeys.ShouldBeEmpty();
    }

    [Fact]
    public void A_table_is_the_same_by_whatever_name_it_was_asked_for()
    {
        const string Arn = "arn:aws:dynamodb:eu-west-1:1:table/T";
        var table = new TableDescription { TableArn = Arn, AttributeDefinitions = [new("id", "S")], KeySchema = [new("id", "HASH")] };

        SchemaReader.Read("T", table).Arn.ShouldBe(SchemaReader.Read(Arn, table).Arn);
    }
}
