import { CloudStandIn } from "./cloud-stand-in.ts";

// Makes so many networks of one name in an account, and prints their ids.
const [folder = "", count = "0"] = process.argv.slice(2);
const aws = await CloudStandIn.of("aws", folder);
const made = await Promise.all(
  Array.from({ length: Number(count) }, () =>
    aws.create("ec2/vpc:Vpc", "main", { cidrBlock: "10.0.0.0/16" }),
  ),
);
console.log(JSON.stringify(made.map(({ id }) => id)));
